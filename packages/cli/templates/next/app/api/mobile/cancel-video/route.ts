// POST: asks to stop a job.
import { videoRoutes } from "../../../../../server/video-routes.ts";

export const POST = videoRoutes.cancelVideo;
