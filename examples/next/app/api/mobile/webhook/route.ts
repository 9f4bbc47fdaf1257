// POST, from a provider: a job has ended.
import { videoRoutes } from "../../../../lib/video-routes.ts";

export const POST = videoRoutes.webhook;
