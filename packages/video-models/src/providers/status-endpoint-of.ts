// What a provider wants to know, beside a job's id, before it tells how the job fares.
import type { VideoProviderId } from "../model.ts";
import { getVideoModel, type VideoModelId } from "../registry.ts";
import { FAL_MODELS } from "./fal/fal-models.ts";

/**
 * The endpoint id to ask with for the status, the result or the cancelling of any job of a model. On fal these go by owner
 * and app only, which all modes of a model share; elsewhere a job's id is enough, and this is undefined.
 * Throws `UnknownVideoModelError`.
 */
export function statusEndpointOf(modelId: VideoModelId, provider: VideoProviderId): string | undefined {
  getVideoModel(modelId);
  return provider === "fal" ? FAL_MODELS[modelId].app : undefined;
}
