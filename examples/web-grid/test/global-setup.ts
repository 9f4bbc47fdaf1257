// The built page for all tests of this project.
import type { TestProject } from "vitest/node";
import { servePage } from "../server/serve-page.ts";
import { startWorld } from "./support/start-world.ts";

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  return await startWorld(project, "/", (apiUrl) => servePage({ apiUrl, port: 0, isBuilt: true }));
}
