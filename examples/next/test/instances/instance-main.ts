// The app's route files behind Node's HTTP server, as a process of its own: what Next serves, without a build. Prints its URL when it listens.
import { serveHttp } from "@video-engine/example-sandbox";
import { POST as cancelVideo } from "../../app/api/mobile/cancel-video/route.ts";
import { POST as generateVideo } from "../../app/api/mobile/generate-video/route.ts";
import { GET as videoStatus } from "../../app/api/mobile/video-status/route.ts";

const ROUTES = new Map([
  ["/api/mobile/cancel-video", cancelVideo],
  ["/api/mobile/generate-video", generateVideo],
  ["/api/mobile/video-status", videoStatus],
]);

const { url } = await serveHttp(
  async (request) =>
    (await ROUTES.get(new URL(request.url).pathname)?.(request)) ?? new Response(null, { status: 404 }),
  { port: Number(process.env["PORT"]), host: "127.0.0.1" },
);
process.stdout.write(`${url}\n`);
