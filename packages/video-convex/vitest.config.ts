import { defineConfig } from "vitest/config";
import { PATIENCE } from "../../tools/patience.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    ...PATIENCE,
    name: "video-convex",
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    environment: "node",
    server: { deps: { inline: ["@convex-dev/rate-limiter", "@convex-dev/batch-worker"] } },
  },
});
