// The port for providers: take a job, tell its status, stop it. Knows no HTTP and no provider by name.
import type { VideoModelId, VideoProviderId } from "@video-engine/video-models";
import type { ProviderJob } from "@video-engine/video-models/providers";
import type { VideoErrorData } from "../../errors.ts";
import type { Checkable } from "../settings/setting-finding.ts";
import type { WithheldVideo } from "./sort-video-urls.ts";

/** A job in the shape the provider wants, built from the registry. The caller chose only its values. */
export interface VideoProviderJob extends ProviderJob {
  /** The requested model, to name it in errors. */
  readonly modelId: VideoModelId;
  /** The webhook address. Undefined: the app wants no webhook, or the provider's webhooks cannot be verified. */
  readonly webhookUrl?: string | undefined;
}

/** A job at the provider. */
export interface ProviderJobReference {
  readonly requestId: string;
  /** What the provider needs beside the id, from the registry. Undefined where the id is enough. */
  readonly endpoint: string | undefined;
}

/** The state of a pending job. `starting`: taken, but not visible yet. `unknown`: a state that is new to us. */
export type ProviderJobStatus = "starting" | "queued" | "running" | "unknown";

/** The outcome of a submit; an id that {@link isRequestId} refuses cannot be issued, and counts as unknown. Everything else is thrown. */
export type ProviderSubmission =
  | { readonly kind: "accepted"; readonly requestId: string }
  | { readonly kind: "finished"; readonly videos: readonly string[] };

/** The provider's answer about a job. `failed` is its verdict; a status that could not be read is thrown instead. */
export type ProviderJobAnswer =
  | {
      readonly kind: "pending";
      readonly status: ProviderJobStatus;
      /** The provider says that the job has finished, in a shape that is new to us: keys and types, no values. */
      readonly unreadShape?: string | undefined;
    }
  | {
      readonly kind: "finished";
      readonly videos: readonly string[];
      /** Videos whose URLs may not reach a user as they are. The routes copy them where they can. */
      readonly withheld?: readonly WithheldVideo[] | undefined;
    }
  | { readonly kind: "failed"; readonly error: VideoErrorData; readonly cause?: unknown };

/** The outcome of a cancel. `removed`: the job never runs. `requested`: it may stop or not, see its status. `too-late`: it has ended. */
export type ProviderCancelAnswer = "removed" | "requested" | "too-late" | "unsupported" | "not-found";

/** A webhook as it arrived. */
export interface ProviderWebhook {
  readonly headers: Headers;
  /** The bytes as sent, which the signature covers: `Uint8Array<ArrayBuffer>`, and `Uint8Array` before TypeScript 5.7. */
  readonly body: ReturnType<Uint8Array["slice"]>;
  /** Epoch milliseconds. Signatures carry a time, and old ones are refused. */
  readonly nowMs: number;
  /** Aborts when the answer is no longer needed. */
  readonly signal: AbortSignal;
}

/** A webhook that the provider really sent. What it says about the job is not passed on: the provider is asked instead. */
export interface VerifiedWebhook {
  readonly requestId: string;
  /** Identifies the message, from signed parts only. The same id again is a replay. */
  readonly messageId: string;
}

const REQUEST_ID = /^[^\p{Cc}\p{Cs}]{1,512}$/u;

/**
 * Whether a value can be the id of a job: 1 to 512 characters, without control characters and halves of surrogate pairs, and not `.` or
 * `..`. What is issued once is accepted ever after, so this is the one rule on both ways. Encode an id where it becomes part of a URL.
 */
export function isRequestId(value: unknown): value is string {
  return typeof value === "string" && REQUEST_ID.test(value) && value !== "." && value !== "..";
}

/**
 * A service that renders videos. Every method sends each of its calls once and leaves retries to the caller. Throws
 * {@link VideoError} only: its `message` and `details` may reach the user, so the provider's own text goes into `cause`.
 */
export interface VideoProvider extends Checkable {
  readonly id: VideoProviderId;
  /**
   * The paid call. Throws `submission-unknown` when the job may exist without an answer that says so. `rate-limited`,
   * `provider-unavailable`, `model-retired` and `not-configured` promise that no job exists: another provider may be tried.
   */
  submit(job: VideoProviderJob): Promise<ProviderSubmission>;
  /** Reads the status. A `retryable` error may be retried: the call has no effect. */
  status(
    job: ProviderJobReference,
    options?: { readonly signal?: AbortSignal | undefined },
  ): Promise<ProviderJobAnswer>;
  cancel(job: ProviderJobReference): Promise<ProviderCancelAnswer>;
  /** Uploads an image for the provider to read and returns its https URL. Left out where the provider takes no bytes. */
  readonly uploadImage?: ((image: Blob) => Promise<string>) | undefined;
  /**
   * Checks whether the provider sent a webhook. Throws `not-signed-in` when it did not, and `provider-unavailable` when that cannot
   * be checked now. Left out where webhooks are not signed, or no secret is set.
   */
  readonly verifyWebhook?: ((webhook: ProviderWebhook) => Promise<VerifiedWebhook>) | undefined;
}
