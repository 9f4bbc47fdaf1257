// The routes that the shipped mobile client calls.
import { deployedRoutes } from "./deployed-routes.ts";
import type { RouteMap } from "./route-map.ts";

/**
 * The deployed server's routes for its mobile client: a pair for each family of models, images under both of their names, two frames under the
 * model's own id, and `endpoint` with every question. A job has failed by 400, 403 or 422 as well. There is no route that cancels.
 */
export const deployedMobileRoutes: RouteMap = /* @__PURE__ */ deployedRoutes("api/mobile", "generate-video");
