// `npm run expo:web`: the screen in a browser, by react-native-web, against a demo of its own: a Convex backend, providers and a bucket.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serveHttp, type HttpServer } from "@video-engine/example-sandbox";
import { startServices } from "@video-engine/example-web-grid/services";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
  ico: "image/x-icon",
  ttf: "font/ttf",
};

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
  readonly convexUrl: string;
  close(): Promise<void>;
}

/** Serves the screen with everything behind it, on this machine only: the bundle of EXPO_WEB_BUNDLE, or one that is made now. */
export async function serveScreen({ port, credits, jobMs }: ScreenOptions): Promise<ServedScreen> {
  const bundle = screenBundle();
  const services = await startServices({ credits, subscriptionPlan: "max", jobMs });
  const server = await serveBundle({ folder: bundle.folder, apiUrl: services.apiUrl, port });
  return {
    url: server.url,
    convexUrl: services.convexUrl,
    async close() {
      await Promise.all([server.close(), services.close()]);
      bundle.remove();
    },
  };
}

/** A folder with the bundle. */
export interface ScreenBundle {
  readonly folder: string;
  /** Nothing where somebody else has made it. */
  remove(): void;
}

/** That of EXPO_WEB_BUNDLE, or one that is made now. */
export function screenBundle(): ScreenBundle {
  const made = process.env["EXPO_WEB_BUNDLE"];
  if (made !== undefined) return { folder: made, remove: () => undefined };
  const folder = mkdtempSync(join(tmpdir(), "expo-web-"));
  const { status } = spawnSync("npm", ["run", "-s", "bundle-web", "--", "--output-dir", folder], {
    cwd: join(import.meta.dirname, ".."),
    env: { ...process.env, CI: "1", EXPO_OFFLINE: "1", EXPO_NO_TELEMETRY: "1" },
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("Metro could not bundle the screen for the web.");
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Where a bundle is served from, and what is behind it. */
export interface BundleOptions {
  readonly folder: string;
  readonly apiUrl: string;
  readonly port: number;
}

/** Serves a bundle, and what is under /api and /demo from there. */
export async function serveBundle({ folder, apiUrl, port }: BundleOptions): Promise<HttpServer> {
  return await serveHttp(
    async (request) => {
      const { pathname, search } = new URL(request.url);
      if (/^\/(api|demo)\//.test(pathname)) return await fetch(new Request(`${apiUrl}${pathname}${search}`, request));
      return fileIn(folder, pathname);
    },
    { port, host: "127.0.0.1" },
  );
}

/** A file of the bundle. Paths that leave the folder are none, and every other address is the page itself. */
function fileIn(folder: string, pathname: string): Response {
  const name = /^\/[\w./@-]+\.(?:js|ico|ttf)$/.test(pathname) && !pathname.includes("..") ? pathname : "/index.html";
  try {
    const type = TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    return new Response(new Uint8Array(readFileSync(join(folder, name))), { headers: { "content-type": type } });
  } catch {
    return new Response("There is no such file.", { status: 404 });
  }
}
