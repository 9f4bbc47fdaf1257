// What a provider can do for the routes: take a job, tell how it is doing, stop it. Knows no HTTP and no provider by name.
import type { VideoModelId, VideoProviderId } from "@video-engine/video-models";
import type { ProviderJob } from "@video-engine/video-models/providers";
import type { VideoErrorData } from "../../errors.ts";

/** A job as the provider wants it. Built from the registry: nothing in it was chosen by the caller but its values. */
export interface VideoProviderJob extends ProviderJob {
  /** The model that was asked for, to name it in errors. */
  readonly modelId: VideoModelId;
  /** Where the provider shall say that the job has ended. Left out: nowhere, or the provider's webhooks are not verified here. */
  readonly webhookUrl?: string;
}

/** Where a job is asked for. */
export interface ProviderJobReference {
  readonly requestId: string;
  /** What a provider wants to know beside the id, from the registry. Undefined where the id is enough. */
  readonly endpoint: string | undefined;
}

/** How far a job is. `starting`: taken, but not to be seen yet. `unknown`: the provider said something new. */
export type ProviderJobStatus = "starting" | "queued" | "running" | "unknown";

/** What a submit came to. Everything else is thrown. */
export type ProviderSubmission =
  | { readonly kind: "accepted"; readonly requestId: string }
  | { readonly kind: "finished"; readonly videos: readonly string[] };

/** What the provider said of a job. `failed` is its verdict; a question without an answer is thrown instead. */
export type ProviderJobAnswer =
  | { readonly kind: "pending"; readonly status: ProviderJobStatus }
  | { readonly kind: "finished"; readonly videos: readonly string[] }
  | { readonly kind: "failed"; readonly error: VideoErrorData; readonly cause?: unknown };

/** What came of a cancel. `removed`: never runs. `requested`: may stop or not, ask for the status. `too-late`: it has ended. */
export type ProviderCancelAnswer = "removed" | "requested" | "too-late" | "unsupported" | "not-found";

/** A webhook as it arrived. */
export interface ProviderWebhook {
  readonly headers: Headers;
  /** The bytes as sent: a signature is over these, not over what they mean. */
  readonly body: Uint8Array<ArrayBuffer>;
  /** Milliseconds: signatures carry a time, and old ones are refused. */
  readonly nowMs: number;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

/** A webhook that the provider really sent. What it says of the job is not passed on: the provider is asked instead. */
export interface VerifiedWebhook {
  readonly requestId: string;
  /** Names this one message, made of signed parts only: the same again is a replay. */
  readonly messageId: string;
}

/** Whether a value can be the id of a job: 8 to 128 letters, digits, `_` and `-`. Ids become part of a provider's URL, so nothing else may pass. */
export function isRequestId(value: unknown): value is string {
  return typeof value === "string" && /^[A-Za-z0-9_-]{8,128}$/.test(value);
}

/**
 * A service that renders videos, behind one shape. Every method sends each of its calls once and leaves repeating to the caller.
 * Throws {@link VideoError} only: its `message` and `details` may reach the user, so a provider's own text goes into `cause`.
 */
export interface VideoProvider {
  readonly id: VideoProviderId;
  /**
   * The paid call. Throws `submission-unknown` when the job may exist although no answer says so. `rate-limited`,
   * `provider-unavailable`, `model-retired` and `not-configured` promise that it does not: another provider may be tried.
   */
  submit(job: VideoProviderJob): Promise<ProviderSubmission>;
  status(job: ProviderJobReference, options?: { readonly signal?: AbortSignal }): Promise<ProviderJobAnswer>;
  cancel(job: ProviderJobReference): Promise<ProviderCancelAnswer>;
  /** Stores an image for the provider to read and gives back its https URL. Left out where bytes are not taken. */
  uploadImage?(image: Blob): Promise<string>;
  /**
   * Finds out whether the provider sent a webhook. Throws `not-signed-in` when not, `provider-unavailable` when it cannot be
   * known now. Left out where webhooks are not signed, or no secret is set.
   */
  verifyWebhook?(webhook: ProviderWebhook): Promise<VerifiedWebhook>;
}
