import type { ConvexClientLike, Http } from "@video-engine/video-sdk/adapters";
declare const convex: ConvexClientLike;
declare const http: Http;
// sample
import { createVideoEngine, deployedMobileRoutes } from "@video-engine/video-sdk";

export const engine = createVideoEngine({ convex, http, routes: deployedMobileRoutes });
