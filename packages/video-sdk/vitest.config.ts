import { defineConfig } from "vitest/config";
import { PATIENCE } from "../../tools/patience.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "node", "development|production"] } },
  test: {
    ...PATIENCE,
    name: "video-sdk",
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
    typecheck: { enabled: true, checker: "tsc", include: ["src/**/*.test-d.ts"], tsconfig: "./tsconfig.json" },
  },
});
