// The built app for all tests of the page. Its server is in another time zone than its users.
import type { TestProject } from "vitest/node";
import { startWorld } from "@video-engine/example-web-grid/test/start-world";
import { startInstance } from "../instances/start-instance.ts";

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  return await startWorld(project, "/videos", async (apiUrl) => {
    const { url, end } = await startInstance("next", { DEMO_URL: apiUrl, TZ: "UTC" });
    return { url, close: () => end("SIGTERM") };
  });
}
