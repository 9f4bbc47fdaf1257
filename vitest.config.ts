import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    // One worker per core is said on the command line (package.json): projects do not take `maxWorkers` from here, and leave one core idle.
    coverage: {
      provider: "v8",
      include: ["**/src/**/*.{ts,tsx}"],
      exclude: ["**/*.test.*", "**/*.test-d.*", "**/dist/**", "**/__fixtures__/**", "examples/**", "tools/**"],
      reporter: ["text-summary", "json-summary"],
      // The parts that decide about money and about what is asked: every branch has a test, or a reason.
      thresholds: {
        "packages/video-models/src/**": { branches: 98 },
        "packages/video-sdk/src/core/**": { branches: 98 },
      },
    },
    projects: ["packages/*/vitest.config.ts", "examples/*/vitest.config.ts", "tools/peers/*/vitest.config.ts"],
  },
});
