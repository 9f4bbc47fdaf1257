// POST: a picture of a finished video.
import { videoRoutes } from "../../../../lib/video-routes.ts";

// Seconds, for hosts that cut requests off. The sign-in may take 10, the limiter 10, and the picture 30.
export const maxDuration = 60;

export const POST = videoRoutes.extractFirstFrame;
