// What an app imports, bundled as an app's build would: ours as published (`npm run build` first), and the peers.
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/** One import. */
export interface Import {
  readonly id: string;
  readonly code: string;
}

/** All that are measured. */
export const IMPORTS: readonly Import[] = [
  { id: "@fal-ai/client", code: `export { createFalClient } from "@fal-ai/client";` },
  { id: "replicate", code: `export { default } from "replicate";` },
  {
    id: "AI SDK with fal",
    code: `export { experimental_generateVideo } from "ai"; export { createFal } from "@ai-sdk/fal";`,
  },
  { id: "createVideoEngine", code: `export { createVideoEngine } from "@video-engine/video-sdk";` },
  {
    id: "createLeanEngine with Convex and HTTP",
    code: `export { createLeanEngine, createConvexLedger, createHttpVideoApi } from "@video-engine/video-sdk/adapters";`,
  },
];

/** A bundle, and its size in bytes when it is gzipped. */
export interface Bundle {
  readonly path: string;
  readonly gzip: number;
}

/** Bundles an import, minified. */
export async function bundle({ code }: Import): Promise<Bundle> {
  const path = join(mkdtempSync(join(tmpdir(), "bench-import-")), "bundle.mjs");
  await build({
    stdin: { contents: code, resolveDir: fileURLToPath(new URL(".", import.meta.url)) },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "node",
    // A bundle of CommonJS packages asks for Node's own modules by `require`.
    banner: { js: `import { createRequire } from "node:module"; const require = createRequire("file:///");` },
    logLevel: "error",
    outfile: path,
  });
  return { path, gzip: gzipSync(readFileSync(path)).length };
}
