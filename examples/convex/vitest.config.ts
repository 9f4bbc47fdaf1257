import { defineConfig } from "vitest/config";
import { PATIENCE } from "../../tools/patience.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    ...PATIENCE,
    setupFiles: [...PATIENCE.setupFiles, "test/support/patient-react.ts"],
    name: "example-convex",
    include: ["test/**/*.test.{ts,tsx}"],
    environment: "node",
    env: { ALLOW_EXTRAS: "1" },
  },
});
