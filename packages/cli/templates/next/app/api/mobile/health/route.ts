// GET: whether the settings can be used, for load balancers. What is wrong, only to a caller with the CRON_SECRET.
import { videoRoutes } from "../../../../../server/video-routes.ts";

export const GET = videoRoutes.health;
