// Where a model's jobs may go, in order: the registry's providers, or what an app says instead. Pure; knows no provider by name.
import { resolveVideoRequest, VIDEO_MODELS } from "@video-engine/video-models";
import type { ResolvedVideoRequest, VideoModelId, VideoProviderId, VideoRequest } from "@video-engine/video-models";
import { statusEndpointOf, toProviderJob, UnservableRequestError } from "@video-engine/video-models/providers";
import type { JobInput, ProviderJob } from "@video-engine/video-models/providers";
import { VideoError } from "../errors.ts";
import { invalidField } from "./error-response.ts";

/** A provider and endpoint that the registry does not know for a model. */
export interface VideoJobTarget {
  readonly provider: VideoProviderId;
  /** The provider's own name of what renders: an endpoint id at fal, a model's name at kie.ai and WaveSpeedAI. */
  readonly endpoint: string;
  /** Writes a checked request as the endpoint wants it, field by field. Undefined: it cannot be served there. */
  readonly toInput: (request: ResolvedVideoRequest) => JobInput | undefined;
}

/**
 * Where jobs go, per model: the whole list, the preferred one first, each provider once. A provider's id stands for what the
 * registry knows. A model that is left out goes where the registry says. The price is the model's, wherever it goes.
 */
export type VideoRouting = Partial<Record<VideoModelId, readonly (VideoProviderId | VideoJobTarget)[]>>;

/** One place that a model's jobs may go to. */
export interface JobTarget {
  readonly provider: VideoProviderId;
  /** What the provider wants to know, beside a job's id, before it tells how the job fares. */
  readonly statusEndpoint: string | undefined;
  /** The call that fulfils a request whose images are all URLs. Throws `invalid-request` when it cannot be served there. */
  readonly toJob: (request: VideoRequest) => ProviderJob;
}

/** The places that a model's jobs may go to, the preferred one first. */
export function jobTargetsOf(modelId: VideoModelId, routing: VideoRouting = {}): readonly JobTarget[] {
  const entries = routing[modelId] ?? VIDEO_MODELS[modelId].providers;
  return entries.map((entry) => (typeof entry === "string" ? registryTarget(modelId, entry) : appTarget(entry)));
}

/** Checks a routing when it is set up. Throws `not-configured` where a list is empty or names a provider twice. */
export function checkRouting(routing: VideoRouting = {}): void {
  for (const [modelId, entries] of Object.entries(routing)) {
    const ids = entries.map((entry) => (typeof entry === "string" ? entry : entry.provider));
    if (ids.length > 0 && new Set(ids).size === ids.length) continue;
    // A job is found again by its model and provider alone.
    throw new VideoError("not-configured", {
      message: `routing["${modelId}"] must name at least one provider, and each only once. It names: ${ids.join(", ") || "none"}.`,
      details: { modelId, providers: ids },
    });
  }
}

function registryTarget(modelId: VideoModelId, provider: VideoProviderId): JobTarget {
  return {
    provider,
    statusEndpoint: statusEndpointOf(modelId, provider),
    toJob: (request) => {
      try {
        return toProviderJob(request, { provider });
      } catch (cause) {
        throw cause instanceof UnservableRequestError ? invalidField("", cause.message, cause) : cause;
      }
    },
  };
}

function appTarget({ provider, endpoint, toInput }: VideoJobTarget): JobTarget {
  return {
    provider,
    statusEndpoint: endpoint,
    toJob: (request) => {
      const input = toInput(resolveVideoRequest(request).request);
      if (input === undefined) throw invalidField("", `${provider} cannot serve ${request.model} as it is asked for.`);
      return { provider, endpoint, input };
    },
  };
}
