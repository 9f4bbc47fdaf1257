// A job for a provider, as types, and the one function that builds it. Knows no provider and no model.
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

/** A provider and its endpoint. */
export interface VideoModelEndpoint {
  readonly provider: VideoProviderId;
  /** On fal the endpoint id, on kie the model name. */
  readonly endpoint: string;
}

/** A complete call for one video, except for the key. */
export interface ProviderJob extends VideoModelEndpoint {
  /** Plain JSON, built field by field: a field of the request that is not named here cannot reach a provider. */
  readonly input: JobInput;
}

/** Writes a request for one model of one provider. Throws a `Refusal` for a request that the provider cannot serve as it is. */
export type Encoder = (request: ResolvedVideoRequest) => Job;

/** A job whose endpoint and input keep their exact types, so that they can be compared with a provider's own types. */
export function job<const Endpoint extends string, const Input extends JobInput>(
  endpoint: Endpoint,
  input: Input,
): Job<Endpoint, Input> {
  return { endpoint, input };
}
