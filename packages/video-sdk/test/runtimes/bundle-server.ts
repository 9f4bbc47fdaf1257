// The server and its job as one script without modules, as a bundler makes it for a runtime that has no Node.js.
import { build } from "esbuild";

/** The text of a script that defines `served`, whose `serveJob` is that of serve-job.ts. */
export async function bundleServer(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL("serve-job.ts", import.meta.url).pathname],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "served",
    platform: "browser",
    conditions: ["@video-engine/source", "workerd", "edge-light"],
    target: "es2022",
    logLevel: "error",
  });
  return outputFiles[0]?.text ?? "";
}
