// What a provider is asked to do, as types, and the one function that builds it. Knows no provider and no model.
import type { VideoProviderId } from "../model.ts";
import type { ResolvedVideoRequest } from "../video-request.ts";

/** A value that survives JSON unchanged. */
export type JsonValue = string | number | boolean | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** The body that an endpoint takes: field names and types are the provider's own. */
export interface JobInput {
  readonly [field: string]: JsonValue;
}

/** An endpoint and its input. */
export interface Job<Endpoint extends string = string, Input = JobInput> {
  readonly endpoint: Endpoint;
  readonly input: Input;
}

/** Where a video is asked for. */
export interface VideoModelEndpoint {
  readonly provider: VideoProviderId;
  /** On fal the endpoint id, on kie the model name. */
  readonly endpoint: string;
}

/** Everything that is needed to ask a provider for one video, but for the key. */
export interface ProviderJob extends VideoModelEndpoint {
  /** Plain JSON, built field by field: nothing of a request that has no field here can reach a provider. */
  readonly input: JobInput;
}

/** Writes a request the way one provider wants it for one model. Throws a `Refusal` if it cannot be written without loss. */
export type Encoder = (request: ResolvedVideoRequest) => Job;

/** A job whose endpoint and input keep their exact types, so that they can be held against a provider's own. */
export function job<const Endpoint extends string, const Input extends JobInput>(
  endpoint: Endpoint,
  input: Input,
): Job<Endpoint, Input> {
  return { endpoint, input };
}
