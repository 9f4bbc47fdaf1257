import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    // A limit is for a test that hangs. How long one takes says how busy the machine is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    name: "example-convex",
    include: ["test/**/*.test.{ts,tsx}"],
    environment: "node",
    env: { ALLOW_EXTRAS: "1" },
  },
});
