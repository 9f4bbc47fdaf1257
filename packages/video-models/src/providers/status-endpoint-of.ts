// What a provider needs, beside a job's id, to answer for the job's status.
import type { VideoProviderId } from "../model.ts";
import { getVideoModel, type VideoModelId } from "../registry.ts";
import { FAL_MODELS } from "./fal/fal-models.ts";

/**
 * The endpoint for the status, the result and the cancel of every job of a model. On fal it is the owner and app, which all modes of
 * a model share. Undefined for other providers, where a job's id is enough.
 * Throws `UnknownVideoModelError`.
 */
export function statusEndpointOf(modelId: VideoModelId, provider: VideoProviderId): string | undefined {
  getVideoModel(modelId);
  return provider === "fal" ? FAL_MODELS[modelId].app : undefined;
}
