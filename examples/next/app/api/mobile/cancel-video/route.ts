// POST: asks to stop a job.
import { videoRoutes } from "../../../../lib/video-routes.ts";

export const POST = videoRoutes.cancelVideo;
