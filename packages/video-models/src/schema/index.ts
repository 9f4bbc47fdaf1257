// `@video-engine/video-models/schema`: the parts of zod that `@video-engine/video-sdk` builds its schemas with, so that an app bundles
// zod once. Not for apps. Without `catch`: it drags in all of zod's helpers, 3 kB.
export { array, boolean, minLength, number, object, optional, string, transform, union, unknown } from "zod/mini";
export type { infer, ZodMiniType } from "zod/mini";
