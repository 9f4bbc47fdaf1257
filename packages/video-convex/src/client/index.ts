// `@video-engine/convex`: what an app's own functions are made with. The component itself is `@video-engine/convex/convex.config`.
export type { ComponentApi } from "../component/_generated/component.ts";
export type { AppBooks, AppGrid, AppSlots, GenerateLimits, VideoGenerationsOptions } from "./options.ts";
export type { SignedInUser, VideoFunctionsOf } from "./functions.ts";
export { videoGenerations, type VideoGenerations } from "./video-generations.ts";
