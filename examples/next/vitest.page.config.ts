// The videos page as `next build` has left it, in a real browser.
import { defineConfig } from "vitest/config";
import { PATIENCE } from "../../tools/patience.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    name: "example-next-page",
    include: ["test/page/*.page.ts"],
    globalSetup: ["test/page/global-setup.ts"],
    ...PATIENCE,
  },
});
