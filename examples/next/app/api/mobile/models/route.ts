// GET: the models that the app knows, what became of them and what they cost, for released apps.
import { videoRoutes } from "../../../../lib/video-routes.ts";

export const GET = videoRoutes.models;
