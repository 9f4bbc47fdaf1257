// The test of the wire of convex-sessions on another version of convex: everything that it imports as convex is that version.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { PATIENCE } from "../patience.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const sdk = join(here, "../../packages/video-sdk");

/** A project that runs it on the convex in `tools/peers/convex-<version>`. */
export function sessionsOn(version: string): ViteUserConfig {
  return sessionsOnFolder(version, join(here, `convex-${version}/node_modules/convex`));
}

/** The same on the convex in a folder. */
export function sessionsOnFolder(version: string, installed: string): ViteUserConfig {
  return defineConfig({
    root: sdk,
    resolve: {
      conditions: ["@video-engine/source"],
      alias: [
        { find: /^convex\/(\w+)$/, replacement: `${installed}/dist/esm/$1/index.js` },
        { find: /^convex$/, replacement: `${installed}/dist/esm/index.js` },
      ],
    },
    ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
    test: {
      name: `sessions on convex ${version}`,
      include: ["test/convex-sessions/wire.test.ts"],
      env: { CONVEX_VERSION: version },
      ...PATIENCE,
    },
  });
}
