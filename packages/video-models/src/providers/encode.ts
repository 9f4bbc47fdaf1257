// Looks up the encoder of a model in its provider's table. Decides nothing.
import type { VideoProviderId } from "../model.ts";
import type { VideoModelId } from "../registry.ts";
import type { ResolvedVideoRequest } from "../video-request.ts";
import { FAL_MODELS } from "./fal/fal-models.ts";
import type { Encoder, Job } from "./job.ts";
import { KIE_MODELS } from "./kie/kie-models.ts";
import { Refusal } from "./refusal.ts";

const ENCODER_OF: Record<VideoProviderId, (modelId: VideoModelId) => Encoder | undefined> = {
  fal: (modelId) => FAL_MODELS[modelId].encode,
  kie: (modelId) => KIE_MODELS[modelId],
  // No model of the registry names these.
  wavespeed: () => undefined,
  openrouter: () => undefined,
};

/** The job of a resolved request at a provider, or the reason why there is none. */
export function encode(provider: VideoProviderId, request: ResolvedVideoRequest): Job | Refusal {
  const encoder = ENCODER_OF[provider](request.model);
  if (encoder === undefined) return new Refusal("it does not offer this model");
  try {
    return encoder(request);
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
}
