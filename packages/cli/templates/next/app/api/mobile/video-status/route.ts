// GET: the status of a job.
import { videoRoutes } from "../../../../../server/video-routes.ts";

// Seconds, for hosts that cut requests off. The sign-in may take 10, the limiter 10, a request be held for 25, its last call take 15, and
// the copy of its video 15.
export const maxDuration = 80;

export const GET = videoRoutes.videoStatus;
