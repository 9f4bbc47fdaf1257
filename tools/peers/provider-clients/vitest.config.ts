import { defineConfig } from "vitest/config";
import { TEST_LIMITS } from "../../test-limits.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    ...TEST_LIMITS,
    name: "provider-clients",
    include: ["test/**/*.test.ts"],
  },
});
