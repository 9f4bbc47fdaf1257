import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: { name: "example-next", testTimeout: 180_000, hookTimeout: 180_000, include: ["test/**/*.test.{ts,tsx}"] },
});
