// The screen in a real browser, by react-native-web. `npm run expo` runs it on the bundle that it has made.
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: import.meta.dirname,
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    name: "example-expo",
    include: ["*.test.ts"],
    // Each file waits for the browser and the backend for most of its time.
    maxWorkers: 3,
    globalSetup: ["global-setup.ts"],
    // Long, because a machine may be busy.
    testTimeout: 600_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
