import { defineConfig } from "vitest/config";
import { TEST_LIMITS } from "../../tools/test-limits.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    ...TEST_LIMITS,
    name: "example-convex",
    include: ["test/**/*.test.{ts,tsx}"],
    environment: "node",
    env: { ALLOW_EXTRAS: "1" },
  },
});
