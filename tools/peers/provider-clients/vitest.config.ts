import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    // A limit is for a test that hangs. How long one takes says how busy the machine is.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    name: "provider-clients",
    include: ["test/**/*.test.ts"],
  },
});
