// POST: submits a video request.
import { videoRoutes } from "../../../../lib/video-routes.ts";

// Seconds, for hosts that cut requests off. A submit may take 60, and must not be cut off: it is paid for.
export const maxDuration = 75;

export const POST = videoRoutes.generateVideo;
