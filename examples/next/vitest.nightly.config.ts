// The tests that take minutes: `npm run nightly -w examples/next`, after `npm run build` and `npm run next:check` at the root.
import { defineConfig } from "vitest/config";
import { PATIENCE } from "../../tools/patience.ts";

export default defineConfig({
  resolve: { conditions: ["@video-engine/source"] },
  ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
  test: {
    name: "example-next-nightly",
    include: ["test/instances/*.nightly.ts"],
    ...PATIENCE,
  },
});
