// GET models: what there is, what is ending, and what the app charges, for apps that were built before. Contains no secret: an app has the same data.
import { createCatalogue, type AnyVideoRegistry, type VideoPricing } from "@video-engine/video-models";
import type { Route } from "./protect-route.ts";

/** Builds the route. */
export function modelsRoute(
  pricing: Partial<Pick<VideoPricing, "table">>,
  models: Pick<AnyVideoRegistry, "models">,
): Route {
  return {
    name: "models",
    method: "GET",
    limit: "status",
    run: () => Promise.resolve(createCatalogue(pricing, models)),
  };
}
