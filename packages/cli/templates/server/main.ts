// The routes as a server of its own: `node server/main.ts`. A framework's own router takes the same functions.
import { serveHttp } from "../../../../examples/sandbox/src/serve-http.ts";
import { videoRoutes } from "./video-routes.ts";

const PORT = Number(process.env["PORT"] ?? 8787);

const table: Readonly<Record<string, (request: Request) => Promise<Response>>> = {
  "/api/mobile/generate-video": videoRoutes.generateVideo,
  "/api/mobile/video-status": videoRoutes.videoStatus,
  "/api/mobile/cancel-video": videoRoutes.cancelVideo,
  "/api/mobile/health": videoRoutes.health,
};

const { findings } = await videoRoutes.check();
for (const { level, message } of findings) console[level === "unusable" ? "error" : "warn"](message);

try {
  const { url } = await serveHttp(
    async (request) =>
      (await table[new URL(request.url).pathname]?.(request)) ??
      new Response("There is no such route.", { status: 404 }),
    { port: PORT, host: process.env["HOST"] ?? "127.0.0.1" },
  );
  console.log(`The video routes listen at ${url}`);
} catch (error) {
  console.error(`Port ${PORT} cannot be used: ${String(error)}. Set PORT to another one.`);
  process.exitCode = 1;
}
