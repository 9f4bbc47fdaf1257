// POST: an address to upload an attachment to.
import { videoRoutes } from "../../../../lib/video-routes.ts";

export const POST = videoRoutes.presignUpload;
