// Which model to use in place of one that is gone.
import { ALL_MODELS, isIn, type ModelLookup } from "./model-lookup.ts";
import type { VideoModelId } from "./registry.ts";

/**
 * The model to use for an id: itself, or for a retired one the first of its replacements that is not retired, if there is one. `fitSettings` fits
 * to this one. Throws `UnknownVideoModelError`.
 */
export function currentModelOf(modelId: VideoModelId): VideoModelId {
  return currentIn(ALL_MODELS, modelId);
}

/** The same among the models of one registry, which may lack the replacement. */
export function currentIn(lookup: ModelLookup, modelId: VideoModelId): VideoModelId {
  const seen = new Set<VideoModelId>();
  for (let id = modelId; !seen.has(id);) {
    const { lifecycle } = lookup.get(id);
    if (lifecycle.stage !== "retired") return id;
    seen.add(id);
    // A catalogue may name what there is not, or each as the other's replacement.
    if (!isIn(lookup, lifecycle.replacement)) break;
    id = lifecycle.replacement;
  }
  return modelId;
}
