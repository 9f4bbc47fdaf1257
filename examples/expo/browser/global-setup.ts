// The bundled screen for all tests.
import { startWorld } from "@video-engine/example-web-grid/test/start-world";
import type { TestProject } from "vitest/node";
import { screenBundle, serveBundle } from "../scripts/serve-web.ts";

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const { folder, remove } = screenBundle();
  const end = await startWorld(project, "/", (apiUrl) => serveBundle({ folder, apiUrl, port: 0 }));
  return async () => {
    await end();
    remove();
  };
}
