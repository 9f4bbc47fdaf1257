import { defineConfig } from "vitest/config";
import { PATIENCE } from "../../tools/patience.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    name: "example-web-grid",
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    ...PATIENCE,
  },
});
