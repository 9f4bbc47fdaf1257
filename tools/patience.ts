// How long tests wait. A limit is for what hangs; how long something takes says how busy the machine is, so a test names no limit of its own.
import { fileURLToPath } from "node:url";

/** The same for every project: for its tests and hooks, `expect.poll`, `vi.waitFor` and `vi.waitUntil`. */
export const PATIENCE = {
  testTimeout: 600_000,
  hookTimeout: 600_000,
  expect: { poll: { timeout: 180_000 } },
  setupFiles: [fileURLToPath(new URL("patient-waits.ts", import.meta.url))],
};
