// Submits a request whose price is known, and makes the answer for the user. From the paid call on nothing here frees its key.
import { resolveVideoRequest, type VideoProviderId, type VideoRequest } from "@video-engine/video-models";
import { VideoError } from "../errors.ts";
import type { PricedSubmit } from "./check-reservation.ts";
import { isRequestId } from "./providers/provider.ts";
import type { IssueRequestId } from "./request-handles.ts";
import type { Rehost } from "./rehost/create-rehost.ts";
import { rehostVideos, type RehostedJob } from "./rehost/rehost-videos.ts";
import { tell, type EventSink } from "./server-event.ts";
import {
  submitToProviders,
  type ProviderRefusal,
  type SubmittedJob,
  type SubmitToProvidersOptions,
} from "./submit-to-providers.ts";
import type { WaitFor } from "./wait-limits.ts";

/** What is needed beside the request. */
export interface SubmitPricedOptions extends Omit<SubmitToProvidersOptions, "onRefused"> {
  /** Made from a secret that was read before. */
  readonly issue: IssueRequestId;
  /** Called once a provider has taken the job. */
  readonly takeKey: () => void;
  /** Whether the status route can hold a request open. */
  readonly canWait: boolean;
  readonly waitFor: WaitFor;
  readonly rehost?: Rehost | undefined;
  readonly onEvent?: EventSink | undefined;
}

/** Submits, and returns the answer. Throws `submission-unknown` for whatever goes wrong after a provider has taken the job. */
export async function submitPriced(submit: PricedSubmit, options: SubmitPricedOptions): Promise<object> {
  const { userId, request, key, credits } = submit;
  const { onEvent } = options;
  const names = { userId, modelId: request.model, key, credits };
  const onRefused = (refusal: ProviderRefusal): void =>
    tell(onEvent, { type: "provider-refused", ...names, ...refusal }, textsOf(request));
  const onSend = (provider: VideoProviderId): void => {
    options.onSend?.(provider);
    tell(onEvent, { type: "submit-begun", ...names, provider });
  };
  const job = await submitToProviders(request, { ...options, onRefused, onSend });
  options.takeKey();
  try {
    return await answerOf(job, submit, options);
  } catch (cause) {
    throw new VideoError("submission-unknown", { details: { provider: job.provider.id }, cause });
  }
}

async function answerOf(
  { provider, submission }: SubmittedJob,
  { userId, request, credits, key }: PricedSubmit,
  { issue, canWait, rehost, waitFor, onEvent }: SubmitPricedOptions,
): Promise<object> {
  const names = { userId, modelId: request.model, provider: provider.id, key };
  if (submission.kind === "finished") {
    const job = { ...names, requestId: undefined, handle: undefined };
    const videos = await rehostVideos(submission.videos, job, { rehost, waitFor, onEvent });
    tell(onEvent, { type: "job-finished", ...job, videos: videos.length });
    return finishedAnswer(request, job, videos);
  }
  const { requestId: jobId } = submission;
  if (!isRequestId(jobId)) throw new Error("The provider's id of the job cannot be a request id.");
  const { modelId } = names;
  let handle: string | undefined;
  try {
    handle = await issue({ jobId, modelId, provider: provider.id, key }, userId);
  } finally {
    // Told also where no id can be issued: the job is paid for, and this is its only trace.
    tell(onEvent, { type: "job-accepted", ...names, requestId: jobId, handle, credits });
  }
  const answer = { queued: true, requestId: handle, modelId, provider: provider.id };
  // The answer is kept in the app's store, so it has no member that is undefined.
  return canWait ? { ...answer, canWait: true } : answer;
}

function finishedAnswer(request: VideoRequest, { modelId, provider }: RehostedJob, videos: readonly string[]): object {
  const { duration, resolution } = resolveVideoRequest(request).request;
  return { success: true, videos: videos.map((url) => ({ url })), modelId, duration, resolution, provider };
}

const LONGEST_TEXT = 20_000;
const DEEPEST = 4;

/** What the user wrote or attached, so that no event repeats it. `sent` need not be checked yet. */
export function textsOf(sent: unknown): readonly string[] {
  const { model: _, attachmentImageBytes: __, ...rest } = Object(sent) as Readonly<Record<string, unknown>>; // read as unknown values
  return textsIn(rest, DEEPEST);
}

function textsIn(value: unknown, depth: number): readonly string[] {
  if (typeof value === "string") return [value.slice(0, LONGEST_TEXT)];
  if (typeof value !== "object" || value === null || depth <= 0) return [];
  return Object.values(value).flatMap((inner) => textsIn(inner, depth - 1));
}
