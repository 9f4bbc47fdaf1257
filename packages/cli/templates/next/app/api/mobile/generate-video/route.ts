// POST: submits a video request.
import { videoRoutes } from "../../../../../server/video-routes.ts";

// Seconds, for hosts that cut requests off. The sign-in may take 10, the limiter 10 and a submit 60, which must not be cut off: it is paid for.
export const maxDuration = 90;

export const POST = videoRoutes.generateVideo;
