import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // One worker per core is said on the command line (package.json): projects do not take `maxWorkers` from here, and leave one core idle.
    coverage: {
      provider: "v8",
      // The parts that decide about money and about what is asked: every branch has a test, or a reason. Only these are measured, and by their
      // own tests and the engine's (`npm run coverage`), because counting makes a test take twice as long.
      include: ["packages/video-models/src/**/*.ts", "packages/video-sdk/src/core/**/*.ts"],
      exclude: ["**/*.test.*", "**/*.test-d.*", "**/__fixtures__/**"],
      reporter: ["text-summary", "json-summary"],
      thresholds: {
        "packages/video-models/src/**": { branches: 98 },
        "packages/video-sdk/src/core/**": { branches: 98 },
      },
    },
    projects: ["packages/*/vitest.config.ts", "examples/*/vitest.config.ts", "tools/peers/*/vitest.config.ts"],
  },
});
