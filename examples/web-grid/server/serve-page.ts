// The page, by Vite: from its sources while one works on it, or built. What is under /api and /demo goes on to the services.
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createServer, preview, type ProxyOptions } from "vite";

/** Which page, and where. */
export interface PageOptions {
  readonly apiUrl: string;
  readonly port: number;
  /** Builds the page and serves the files. Default: from the sources, reloaded as they change. */
  readonly isBuilt: boolean;
}

/** A page that is served. */
export interface ServedPage {
  /** Without a slash at its end. */
  readonly url: string;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL("..", import.meta.url));

/** Serves it on this machine only. Port 0 takes a free one; a port that is taken is an error. */
export async function servePage({ apiUrl, port, isBuilt }: PageOptions): Promise<ServedPage> {
  const proxy: Record<string, ProxyOptions> = { "/api": { target: apiUrl }, "/demo": { target: apiUrl } };
  const listen = { host: "127.0.0.1", port, strictPort: port !== 0, proxy };
  if (isBuilt) {
    await buildPage();
    const server = await preview({ root: ROOT, logLevel: "warn", preview: listen });
    return { url: urlOf(server.httpServer.address()), close: () => server.close() };
  }
  const server = await createServer({ root: ROOT, logLevel: "warn", server: listen });
  await server.listen();
  return { url: urlOf(server.httpServer?.address()), close: () => server.close() };
}

/** In a process of its own: a test runner's NODE_ENV would have React built for development. */
async function buildPage(): Promise<void> {
  const vite = join(dirname(createRequire(import.meta.url).resolve("vite/package.json")), "bin/vite.js");
  const env = { ...process.env, NODE_ENV: "production" };
  await promisify(execFile)(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: ROOT, env });
}

function urlOf(address: string | { readonly port: number } | null | undefined): string {
  if (typeof address === "object" && address !== null) return `http://127.0.0.1:${address.port}`;
  throw new Error("The page's server has no port.");
}
