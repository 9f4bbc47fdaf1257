// The tests that a mutant has to survive: those that stand beside what is mutated. The random worlds would find more, and take days.
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    include: [
      "packages/video-sdk/src/core/*.test.ts",
      "packages/video-sdk/src/engine/*.test.ts",
      "packages/video-sdk/src/convex/*.test.ts",
    ],
    exclude: ["**/core/transition.test.ts", "**/core/balance.test.ts", "**/core/spec.test.ts", "**/node_modules/**"],
  },
});
