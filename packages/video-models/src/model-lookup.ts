// How the rules find models: among all that there are, or among those of one registry.
import type { VideoModel } from "./model.ts";
import { getVideoModel, VIDEO_MODELS, type VideoModelId } from "./registry.ts";

/** Models by their ids. */
export interface ModelLookup {
  readonly models: Readonly<Record<string, VideoModel>>;
  /** Throws `UnknownVideoModelError`. */
  readonly get: (id: string) => VideoModel;
}

/** All models. */
export const ALL_MODELS: ModelLookup = { models: VIDEO_MODELS, get: getVideoModel };

/** Whether a value is the id of one of these models. Names that every object has, such as `constructor`, are not. */
export function isIn({ models }: ModelLookup, value: unknown): value is VideoModelId {
  return typeof value === "string" && Object.hasOwn(models, value);
}
