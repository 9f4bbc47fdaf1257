// Errors that every provider can end in, told in our own words. A provider's own text stays in `cause`, for the log.
import type { VideoProviderId } from "@video-engine/video-models";
import { VideoError } from "../../errors.ts";
import { retryAfterMsOf, wasNeverSent, type ProviderAnswer } from "./provider-answer.ts";

/** The provider refuses our key. Users cannot fix that. */
export function keyRefused(provider: VideoProviderId, cause: unknown): VideoError {
  return new VideoError("not-configured", {
    message: `The server's key for ${provider} was refused. Check the key and its permissions.`,
    details: { provider },
    cause,
  });
}

/** The provider refuses this account: no balance, no access, or a cap is reached. Waiting does not help. */
export function accountRefused(provider: VideoProviderId, cause: unknown): VideoError {
  return new VideoError("provider-unavailable", { retryable: false, details: { provider }, cause });
}

/** The provider cannot be reached right now. Not a verdict on any job. */
export function providerUnavailable(provider: VideoProviderId, cause: ProviderAnswer): VideoError {
  return new VideoError("provider-unavailable", { details: { provider }, cause, retryAfterMs: retryAfterMsOf(cause) });
}

/** The provider asks to slow down. It did not take the call. */
export function providerRateLimited(provider: VideoProviderId, cause: ProviderAnswer): VideoError {
  return new VideoError("rate-limited", {
    message: "The video provider is busy. Try again in a moment.",
    details: { provider },
    cause,
    retryAfterMs: retryAfterMsOf(cause),
  });
}

/** The provider no longer offers the model. */
export function modelRetired(provider: VideoProviderId, modelId: string, cause: unknown): VideoError {
  return new VideoError("model-retired", {
    message: `The model "${modelId}" has been retired by its provider. Choose another model.`,
    details: { provider, modelId },
    cause,
  });
}

/** A paid call without a readable answer. The job may exist, unless the connection was never made. */
export function submitUnanswered(provider: VideoProviderId, cause: ProviderAnswer): VideoError {
  if (!cause.isReached && wasNeverSent(cause.cause)) return providerUnavailable(provider, cause);
  return new VideoError("submission-unknown", { details: { provider }, cause });
}
