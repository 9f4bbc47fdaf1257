import { defineConfig } from "vitest/config";
import { TEST_LIMITS } from "../../tools/test-limits.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: { name: "example-next", ...TEST_LIMITS, include: ["test/**/*.test.{ts,tsx}"] },
});
