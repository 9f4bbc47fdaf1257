// How the rules find models: in all that there are, or in those of one registry.
import type { VideoModel } from "./model.ts";
import { getVideoModel, VIDEO_MODELS, type VideoModelId } from "./registry.ts";

/** Models by their ids. */
export interface ModelLookup {
  readonly models: Readonly<Record<string, VideoModel>>;
  /** Throws `UnknownVideoModelError`. */
  readonly get: (id: VideoModelId) => VideoModel;
}

/** All models. */
export const ALL_MODELS: ModelLookup = { models: VIDEO_MODELS, get: getVideoModel };
