// The tests of the hooks on another version of React, in a DOM: everything that they import as React is that version.
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type ViteUserConfig } from "vitest/config";
import { PATIENCE } from "../patience.ts";

const here = fileURLToPath(new URL(".", import.meta.url));
const sdk = join(here, "../../packages/video-sdk");
const library = join(here, "../../node_modules/@testing-library/react");

/** A project that runs them on the React in `tools/peers/react-<version>`. */
export function hooksOn(version: string): ViteUserConfig {
  const installed = join(here, `react-${version}/node_modules`);
  return defineConfig({
    root: sdk,
    resolve: {
      conditions: ["@video-engine/source"],
      alias: [
        { find: /^(react|react-dom)(\/.*)?$/, replacement: `${installed}/$1$2` },
        // Its ES module, which can be given this React.
        { find: "@testing-library/react", replacement: join(library, "dist/@testing-library/react.esm.js") },
        // The renderer without a DOM is made for one version of React.
        { find: "test-renderer", replacement: join(here, "dom-renderer.ts") },
      ],
    },
    ssr: { resolve: { conditions: ["@video-engine/source", "module", "node", "development|production"] } },
    test: {
      name: `hooks on react ${version}`,
      environment: "happy-dom",
      ...PATIENCE,
      include: ["src/react/**/*.test.{ts,tsx}", "test/shipped-screen.test.ts"],
      server: { deps: { inline: [/@testing-library\/react/] } },
    },
  });
}
