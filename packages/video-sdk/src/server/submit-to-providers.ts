// Submits a request to the providers of its model, in order, until one takes it. The next one is tried only when the one before
// certainly did not take the job: after an unknown answer, a second job could be a second bill. Knows no HTTP and no user.
import type { VideoModelId, VideoProviderId, VideoRequest } from "@video-engine/video-models";
import { isVideoError, VideoError, type VideoErrorCode } from "../errors.ts";
import { beforeWork } from "./before-work.ts";
import { noProvider } from "./pick-provider.ts";
import type { ProviderSubmission, VideoProvider, VideoProviderJob } from "./providers/provider.ts";
import { jobTargetsOf, type JobTarget, type VideoRouting } from "./routing.ts";
import { uploadAttachedImage } from "./upload-attached-image.ts";

/** What a submit needs, beside the request. */
export interface SubmitToProvidersOptions {
  readonly providers: readonly VideoProvider[];
  readonly routing?: VideoRouting | undefined;
  /** The webhook address of a job; undefined for a job without a webhook. */
  readonly webhookUrlOf?: ((provider: VideoProvider, modelId: VideoModelId) => string | undefined) | undefined;
  /** Called for each provider that certainly did not take a job that was sent to it, and for one that could not be used where the model has others. */
  readonly onRefused?: ((refusal: ProviderRefusal) => void) | undefined;
  /** Called right before each paid call. What it throws stops the submit. */
  readonly onSend?: ((provider: VideoProviderId) => void) | undefined;
}

/** A provider that certainly did not take a job. */
export interface ProviderRefusal {
  readonly provider: VideoProviderId;
  readonly error: VideoError;
  /** The provider that is tried next. Undefined: none is left. */
  readonly next: VideoProviderId | undefined;
}

/** The provider that took a job, and its answer. */
export interface SubmittedJob {
  readonly provider: VideoProvider;
  readonly submission: ProviderSubmission;
}

/** Errors of a provider's submit that promise that there is no job. See `VideoProvider.submit`. A verdict on the input is not among them. */
const NOT_TAKEN: ReadonlySet<VideoErrorCode> = new Set([
  "rate-limited",
  "provider-unavailable",
  "model-retired",
  "not-configured",
]);

/** Errors of a submit that say that the provider has refused the input, so that there is no job either. */
const REFUSED: ReadonlySet<VideoErrorCode> = new Set([
  "invalid-request",
  "too-large",
  "content-rejected",
  "provider-rejected",
]);

/** Errors that keep a job from being sent at all. */
const NOT_SENT: ReadonlySet<VideoErrorCode> = new Set(["invalid-request", "upload-failed", "not-configured"]);

/**
 * Submits once to each provider that is set up, until one takes the job. Throws the first doubtful or final error. When no provider
 * takes the job, throws the first retryable error, else the preferred provider's. Throws `not-configured` when none is set up.
 */
export async function submitToProviders(
  request: VideoRequest,
  { providers, routing, webhookUrlOf, onRefused, onSend }: SubmitToProvidersOptions,
): Promise<SubmittedJob> {
  const targets = jobTargetsOf(request.model, routing);
  const places = placesOf(targets, providers);
  const offered = targets.map(({ provider }) => provider);
  const errors: VideoError[] = [];
  for (const [index, { target, provider }] of places.entries()) {
    let isSent = false;
    try {
      const job = await prepareJob(request, target, provider);
      const webhookUrl = webhookUrlOf?.(provider, request.model);
      onSend?.(provider.id);
      isSent = true;
      const submission = await provider.submit({ ...job, webhookUrl });
      return { provider, submission };
    } catch (thrown) {
      const error = isSent ? thrown : beforeWork(thrown);
      const isPassedOn = isVideoError(error) && (isSent ? NOT_TAKEN : NOT_SENT).has(error.code);
      const isCertain = isPassedOn || (isSent && isVideoError(error) && REFUSED.has(error.code));
      const next = isPassedOn ? places[index + 1]?.provider.id : undefined;
      if (isCertain && (isSent || places.length > 1)) onRefused?.({ provider: provider.id, error, next });
      if (!isPassedOn) throw isSent ? finalOf(error) : error;
      errors.push(error);
    }
  }
  throw errors.find(({ retryable }) => retryable) ?? errors[0] ?? noProvider(offered, request.model);
}

/** After the paid call only a refusal promises that there is no job, whatever else an error says. */
function finalOf(error: unknown): unknown {
  if (!isVideoError(error) || error.code === "submission-unknown" || REFUSED.has(error.code)) return error;
  return new VideoError("submission-unknown", { cause: error });
}

interface Place {
  readonly target: JobTarget;
  readonly provider: VideoProvider;
}

function placesOf(targets: readonly JobTarget[], providers: readonly VideoProvider[]): readonly Place[] {
  return targets.flatMap((target) => {
    const provider = providers.find(({ id }) => id === target.provider);
    return provider === undefined ? [] : [{ target, provider }];
  });
}

async function prepareJob(
  request: VideoRequest,
  target: JobTarget,
  provider: VideoProvider,
): Promise<VideoProviderJob> {
  const { model: modelId, attachmentImageBytes, ...rest } = request;
  // Checked before anything is uploaded. The URL is a placeholder that is never sent.
  if (attachmentImageBytes !== undefined) {
    target.toJob({ ...rest, model: modelId, attachmentImageUrl: "https://upload.invalid/" });
  }
  return { ...target.toJob(await uploadAttachedImage(request, provider)), modelId };
}
