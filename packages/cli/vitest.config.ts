import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: { name: "cli", include: ["test/**/*.test.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
});
