// Where the providers' webhooks arrive: set VIDEO_WEBHOOK_URL to https://<deployment>.convex.site/video-webhook.
import { httpRouter } from "convex/server";
import { videos } from "./model/videoGenerations.ts";

const http = httpRouter();
http.route({ path: "/video-webhook", method: "POST", handler: videos.webhook });

export default http;
