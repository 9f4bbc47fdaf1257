// Where a model's jobs may go, in order: the registry's providers, or the app's own list. Pure; knows no provider by name.
import { resolveVideoRequest, VIDEO_MODELS } from "@video-engine/video-models";
import type { ResolvedVideoRequest, VideoModelId, VideoProviderId, VideoRequest } from "@video-engine/video-models";
import { statusEndpointOf, toProviderJob, UnservableRequestError } from "@video-engine/video-models/providers";
import type { JobInput, ProviderJob } from "@video-engine/video-models/providers";
import { VideoError } from "../errors.ts";
import { invalidField } from "./error-response.ts";

/** A provider and endpoint that the registry does not know for a model. */
export interface VideoJobTarget {
  readonly provider: VideoProviderId;
  /** The provider's own name: an endpoint id at fal, a model's name at kie.ai, WaveSpeedAI and OpenRouter. */
  readonly endpoint: string;
  /** Writes a checked request as the input of the endpoint. Return undefined for a request that cannot be served there. */
  readonly toInput: (request: ResolvedVideoRequest) => JobInput | undefined;
}

/**
 * Where jobs go, per model: the complete list, the preferred provider first, each provider once. A provider's id stands for the
 * registry's endpoint. A model that is left out goes where the registry says. The price of a model is the same everywhere.
 */
export type VideoRouting = Partial<Record<VideoModelId, readonly (VideoProviderId | VideoJobTarget)[]>>;

/** A provider and endpoint that a model's jobs may go to. */
export interface JobTarget {
  readonly provider: VideoProviderId;
  /** What the provider needs, beside a job's id, to answer a status request. */
  readonly statusEndpoint: string | undefined;
  /** Turns a request whose images are all URLs into the call. Throws `invalid-request` when it cannot be served there. */
  readonly toJob: (request: VideoRequest) => ProviderJob;
}

/** The targets of a model's jobs, the preferred one first. */
export function jobTargetsOf(modelId: VideoModelId, routing: VideoRouting = {}): readonly JobTarget[] {
  const entries = routing[modelId] ?? VIDEO_MODELS[modelId].providers;
  return entries.map((entry) => (typeof entry === "string" ? registryTarget(modelId, entry) : appTarget(entry)));
}

/** Checks a routing when the routes are built. Throws `not-configured` for a list that is empty or names a provider twice. */
export function checkRouting(routing: VideoRouting = {}): void {
  for (const [modelId, entries] of Object.entries(routing)) {
    const ids = entries.map((entry) => (typeof entry === "string" ? entry : entry.provider));
    if (ids.length > 0 && new Set(ids).size === ids.length) continue;
    // Later requests find the job by its model and provider alone.
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
