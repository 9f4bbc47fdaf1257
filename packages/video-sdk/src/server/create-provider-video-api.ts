// The providers as the port that the machine calls, for hosts that run the machine on a server: no route and no request id lies between.
import type { VideoModelId, VideoProviderId } from "@video-engine/video-models";
import { VideoError } from "../errors.ts";
import { systemClock } from "../platform/system.ts";
import type { CallResult, CancelAnswer, JobAnswer, JobQuestion, SubmitResult, VideoApi } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { askCancel, askStatus, type AskedJob } from "./ask-provider.ts";
import { readThrown, toErrorData, toldToCaller } from "./error-response.ts";
import { createEventSink } from "./event-sink.ts";
import { finishJob } from "./finish-job.ts";
import { pickProvider } from "./pick-provider.ts";
import { isRequestId, type VideoProvider } from "./providers/provider.ts";
import type { Rehost } from "./rehost/create-rehost.ts";
import { rehostVideos, type RehostedJob } from "./rehost/rehost-videos.ts";
import { jobTargetsOf, type VideoRouting } from "./routing.ts";
import { tell, type VideoServerListener } from "./server-event.ts";
import { textsOf } from "./submit-priced.ts";
import { submitToProviders, type ProviderRefusal } from "./submit-to-providers.ts";
import { tellAnswer } from "./tell-answer.ts";
import { createWaitFor, type VideoWaitLimits } from "./wait-limits.ts";

/** Options of {@link createProviderVideoApi}. */
export interface ProviderVideoApiOptions {
  /** The providers that are set up. The registry decides which of them serves a model, and in which order they are tried. */
  readonly providers: readonly VideoProvider[];
  /** Where a model's jobs go, for models that do not go where the registry says. */
  readonly routing?: VideoRouting | undefined;
  /** Whose generations these are, for `rehost` and for events. */
  readonly userId: string;
  /** Copies finished videos to a lasting URL, such as `createRehost`. Without it rows show the provider's URL, which may expire. */
  readonly rehost?: Rehost | undefined;
  /** The address that a provider calls when a job has ended. Undefined: that job has no webhook. */
  readonly webhookUrlOf?: ((provider: VideoProvider, modelId: VideoModelId) => string | undefined) | undefined;
  /** How long a copy may take. */
  readonly waitLimits?: VideoWaitLimits | undefined;
  /** Called with each event, as that of `createVideoRoutes`. */
  readonly onEvent?: VideoServerListener | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
}

/**
 * The providers as a {@link VideoApi}. Each call is sent once, but for questions about a job, which are repeated within their 15 s. Nothing is
 * counted, priced or remembered: that is its host's part.
 */
export function createProviderVideoApi(options: ProviderVideoApiOptions): VideoApi {
  const { providers, routing, webhookUrlOf, userId, rehost, clock = systemClock } = options;
  const onEvent = createEventSink(options.onEvent, clock);
  const finishing = { rehost, onEvent, waitFor: createWaitFor(clock, options.waitLimits) };
  return {
    isSubmitRepeatable: false,
    submit: (request, { key, credits }) =>
      answered("unknown", async (): Promise<SubmitResult> => {
        const names = { userId, modelId: request.model, key };
        const priced = { ...names, credits: credits ?? 0 };
        const onRefused = (refusal: ProviderRefusal): void =>
          tell(onEvent, { type: "provider-refused", ...priced, ...refusal }, textsOf(request));
        const onSend = (provider: VideoProviderId): void =>
          tell(onEvent, { type: "submit-begun", ...priced, provider });
        const sent = await submitToProviders(request, { providers, routing, webhookUrlOf, onRefused, onSend });
        const job = { ...names, provider: sent.provider.id, requestId: undefined, handle: undefined };
        if (sent.submission.kind === "finished") {
          return { kind: "finished", videos: await rehostVideos(sent.submission.videos, job, finishing) };
        }
        const { requestId } = sent.submission;
        tell(onEvent, { type: "job-accepted", ...job, ...priced, requestId });
        if (isRequestId(requestId)) return { kind: "accepted", job: { requestId, provider: sent.provider.id } };
        throw new VideoError("submission-unknown", { details: { provider: sent.provider.id } });
      }),
    status: (question, { signal }) =>
      answered("not-done", async (): Promise<JobAnswer> => {
        const asked = jobOf(question, options);
        const told = await askStatus(asked, clock, signal);
        const names = namesOf(question, asked, userId);
        const answer = told.kind === "finished" ? await finishJob(told, names, finishing) : told;
        tellAnswer(answer, names, onEvent);
        return answer.kind === "pending" ? { kind: "pending" } : answer;
      }),
    cancel: (question) =>
      answered("unknown", async (): Promise<CancelAnswer> => {
        const answer = await askCancel(jobOf(question, options), clock);
        // The next question about the job finds out whether that is so.
        return answer === "not-found" ? "unsupported" : answer;
      }),
  };
}

/** Errors that promise that the paid call was not taken: every one but that which says that it is not known. */
function isCertain(code: VideoError["code"]): boolean {
  return code !== "submission-unknown" && code !== "internal";
}

async function answered<T>(doubt: "unknown" | "not-done", ask: () => Promise<T>): Promise<CallResult<T>> {
  try {
    return { ok: true, value: await ask() };
  } catch (thrown) {
    const error = readThrown(thrown);
    return {
      ok: false,
      certainty: isCertain(error.code) ? "not-done" : doubt,
      error: toldToCaller(toErrorData(error)),
    };
  }
}

function jobOf({ job, model }: JobQuestion, { providers, routing }: ProviderVideoApiOptions): AskedJob {
  const targets = jobTargetsOf(model, routing);
  const target = targets.find(({ provider }) => job.provider === undefined || provider === job.provider);
  if (target === undefined) {
    throw new VideoError("provider-unavailable", {
      message: `${model} is not served by ${job.provider} any more. Add it to the routing until its jobs have ended.`,
      details: { model, provider: job.provider },
    });
  }
  const provider = pickProvider([target.provider], providers, model);
  return { provider, job: { requestId: job.requestId, endpoint: target.statusEndpoint } };
}

function namesOf({ job, model }: JobQuestion, { provider }: AskedJob, userId: string): RehostedJob {
  return {
    userId,
    modelId: model,
    provider: provider.id,
    requestId: job.requestId,
    handle: undefined,
    key: undefined,
  };
}
