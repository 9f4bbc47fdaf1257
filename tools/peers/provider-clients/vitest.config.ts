import { defineConfig } from "vitest/config";
import { PATIENCE } from "../../patience.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    ...PATIENCE,
    name: "provider-clients",
    include: ["test/**/*.test.ts"],
  },
});
