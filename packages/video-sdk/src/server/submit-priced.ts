// Submits a request whose price is known, and makes the answer for the user. From the paid call on nothing here frees its key.
import { resolveVideoRequest, type VideoModelId, type VideoRequest } from "@video-engine/video-models";
import { VideoError } from "../errors.ts";
import type { PricedSubmit } from "./check-reservation.ts";
import { isRequestId } from "./providers/provider.ts";
import type { IssueRequestId } from "./request-handles.ts";
import type { Rehost } from "./rehost/create-rehost.ts";
import { rehostVideos } from "./rehost/rehost-videos.ts";
import { tell, type VideoServerListener } from "./server-event.ts";
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
  readonly onEvent?: VideoServerListener | undefined;
}

/** Submits, and returns the answer. Throws `submission-unknown` for whatever goes wrong after a provider has taken the job. */
export async function submitPriced(submit: PricedSubmit, options: SubmitPricedOptions): Promise<object> {
  const { userId, request } = submit;
  const onRefused = (refusal: ProviderRefusal): void =>
    tell(options.onEvent, { type: "provider-refused", userId, modelId: request.model, ...refusal });
  const job = await submitToProviders(request, { ...options, onRefused });
  options.takeKey();
  try {
    return await answerOf(job, submit, options);
  } catch (cause) {
    throw new VideoError("submission-unknown", { details: { provider: job.provider.id }, cause });
  }
}

async function answerOf(
  { provider, submission }: SubmittedJob,
  { userId, request, credits }: PricedSubmit,
  { issue, canWait, rehost, waitFor, onEvent }: SubmitPricedOptions,
): Promise<object> {
  const names = { userId, modelId: request.model, provider: provider.id };
  if (submission.kind === "finished") {
    return finishedAnswer(request, names, await rehostVideos(submission.videos, names, { rehost, waitFor, onEvent }));
  }
  const { requestId: jobId } = submission;
  if (!isRequestId(jobId)) throw new Error("The provider's id of the job cannot be a request id.");
  tell(onEvent, { type: "job-accepted", ...names, requestId: jobId, credits });
  const { modelId } = names;
  const requestId = await issue({ jobId, modelId, provider: provider.id }, userId);
  const answer = { queued: true, requestId, modelId, provider: provider.id };
  // The answer is kept in the app's store, so it has no member that is undefined.
  return canWait ? { ...answer, canWait: true } : answer;
}

function finishedAnswer(
  request: VideoRequest,
  { modelId, provider }: { readonly modelId: VideoModelId; readonly provider: string },
  videos: readonly string[],
): object {
  const { duration, resolution } = resolveVideoRequest(request).request;
  return { success: true, videos: videos.map((url) => ({ url })), modelId, duration, resolution, provider };
}
