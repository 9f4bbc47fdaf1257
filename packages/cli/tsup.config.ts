import { defineConfig } from "tsup";

export default defineConfig({
  // The demo backend is a program of its own: it runs in a process beside the command.
  entry: { main: "src/main.ts", "demo-backend": "src/demo-backend.ts" },
  format: ["esm"],
  target: "node22",
  platform: "node",
  // node:sqlite has no other name.
  removeNodeProtocol: false,
  splitting: true,
  clean: true,
  dts: false,
  // The demo's parts come with the command, so that one download shows a video: see docs/decisions/0067.
  // So does what speaks to Convex: an installed SDK would look for a convex beside it.
  noExternal: [/^@video-engine\/example-/, "@video-engine/video-sdk/convex-sessions", /^convex/, "ws"],
  // ws asks for its parts with require, which modules do not have.
  banner: {
    js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
  },
});
