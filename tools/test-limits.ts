// How long a test may take, for every project. A limit is for what hangs; how long something takes says how busy the machine is.
import { fileURLToPath } from "node:url";

const LIMIT_MS = 300_000;

export const TEST_LIMITS = {
  testTimeout: LIMIT_MS,
  hookTimeout: LIMIT_MS,
  expect: { poll: { timeout: LIMIT_MS } },
  setupFiles: [fileURLToPath(new URL("./wait-patiently.ts", import.meta.url))],
};
