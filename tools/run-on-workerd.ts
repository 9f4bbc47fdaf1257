// `./server` on workerd, the runtime of Cloudflare Workers: one job through every route, bundled as a worker. By hand, because its binary has
// 120 MB: npm install --prefix <folder> miniflare, then node --conditions=@video-engine/source tools/run-on-workerd.ts <folder>
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleServer } from "../packages/video-sdk/test/runtimes/bundle-server.ts";

/** The part of miniflare that is used. */
interface Miniflare {
  dispatchFetch(url: string): Promise<Response>;
  dispose(): Promise<void>;
}

/** The first date on which a request may be woken by another one, as those are that wait for the same job. */
const COMPATIBILITY_DATE = "2024-10-14";

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("Name the folder in which miniflare is installed.");
const found = createRequire(resolve(folder, "package.json")).resolve("miniflare");
const loaded: { readonly Miniflare: new (options: object) => Miniflare } = await import(pathToFileURL(found).href);
const worker = `${await bundleServer()}\nexport default { fetch: async () => Response.json(await served.serveJob()) };`;
const runtime = new loaded.Miniflare({ modules: true, script: worker, compatibilityDate: COMPATIBILITY_DATE });
const response = await runtime.dispatchFetch("https://app.example/");
process.stdout.write(`${response.status} ${await response.text()}\n`);
await runtime.dispose();
process.exitCode = response.ok ? 0 : 1;
