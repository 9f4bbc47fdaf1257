// GET: how a job is doing.
import { videoRoutes } from "../../../../lib/video-routes.ts";

// Seconds, for hosts that cut requests off. A status may wait 25 for the job to end, and 15 for its video to be copied.
export const maxDuration = 60;

export const GET = videoRoutes.videoStatus;
