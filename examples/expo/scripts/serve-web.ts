// `npm run expo:web`: the screen in a browser, by react-native-web, against a demo of its own: a Convex backend, providers and a bucket.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveHttp, type HttpServer } from "@video-engine/example-sandbox";
import { startServices } from "@video-engine/example-web-grid/services";

const TYPES: Readonly<Record<string, string>> = { html: "text/html", js: "text/javascript", ico: "image/x-icon" };

/** How to serve it. */
export interface ScreenOptions {
  readonly port: number;
  /** What a user starts with. */
  readonly credits: number;
  /** How long the sandbox takes for a video, milliseconds. */
  readonly jobMs: number;
}

/** The screen, and what to end with it. */
export interface ServedScreen extends Pick<HttpServer, "url"> {
  close(): Promise<void>;
}

/** Bundles the screen and serves it with everything behind it, on this machine only. */
export async function serveScreen({ port, credits, jobMs }: ScreenOptions): Promise<ServedScreen> {
  const folder = mkdtempSync(join(tmpdir(), "expo-web-"));
  bundle(folder);
  const services = await startServices({ credits, subscriptionPlan: "pro", jobMs });
  const server = await serveHttp(
    async (request) => {
      const { pathname, search } = new URL(request.url);
      if (/^\/(api|demo)\//.test(pathname))
        return await fetch(new Request(`${services.apiUrl}${pathname}${search}`, request));
      return fileIn(folder, pathname);
    },
    { port, host: "127.0.0.1" },
  );
  return {
    url: server.url,
    async close() {
      await Promise.all([server.close(), services.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function bundle(folder: string): void {
  const { status } = spawnSync("npm", ["run", "-s", "bundle-web", "--", "--output-dir", folder], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, CI: "1", EXPO_OFFLINE: "1", EXPO_NO_TELEMETRY: "1" },
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("Metro could not bundle the screen for the web.");
}

/** A file of the bundle. Paths that leave the folder are none, and every other address is the page itself. */
function fileIn(folder: string, pathname: string): Response {
  const name = /^\/[\w./-]+\.(?:js|ico)$/.test(pathname) && !pathname.includes("..") ? pathname : "/index.html";
  try {
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    return new Response(new Uint8Array(readFileSync(join(folder, name))), { headers: { "content-type": type } });
  } catch {
    return new Response("There is no such file.", { status: 404 });
  }
}
