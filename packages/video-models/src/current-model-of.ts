// Which model to use in place of one that is gone.
import { getVideoModel, isVideoModelId, type VideoModelId } from "./registry.ts";

/**
 * The model to use for an id: itself, or for a retired one the first of its replacements that is not retired. `fitSettings` fits to this
 * one. Throws `UnknownVideoModelError`.
 */
export function currentModelOf(modelId: VideoModelId): VideoModelId {
  const { lifecycle } = getVideoModel(modelId);
  if (lifecycle.stage !== "retired" || !isVideoModelId(lifecycle.replacement)) return modelId;
  return currentModelOf(lifecycle.replacement);
}
