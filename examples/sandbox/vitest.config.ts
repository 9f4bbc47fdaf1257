import { defineConfig } from "vitest/config";
import { PATIENCE } from "../../tools/patience.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    ...PATIENCE,
    name: "example-sandbox",
    include: ["test/**/*.test.ts"],
  },
});
