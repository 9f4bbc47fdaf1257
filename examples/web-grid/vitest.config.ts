import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    name: "example-web-grid",
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/global-setup.ts"],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
