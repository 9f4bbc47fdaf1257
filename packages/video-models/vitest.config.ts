import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    // A limit is for a test that hangs. How long one takes says how busy the machine is.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    name: "video-models",
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
    typecheck: { enabled: true, checker: "tsc", include: ["src/**/*.test-d.ts"], tsconfig: "./tsconfig.json" },
  },
});
