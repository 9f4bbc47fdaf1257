// Generations that run in the deployment. A module of its own, so that it is loaded for those pages alone.
import { convexDriver } from "@video-engine/video-sdk/driven";
import { makeFunctionReference } from "convex/server";

/** Over `api.video` of examples/convex. */
export const driver = convexDriver({
  generate: makeFunctionReference<"mutation">("video:generate"),
  cancel: makeFunctionReference<"mutation">("video:cancel"),
  list: makeFunctionReference<"query">("video:list"),
  events: makeFunctionReference<"query">("video:events"),
});
