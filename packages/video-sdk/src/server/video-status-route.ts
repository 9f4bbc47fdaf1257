// GET video-status: asks the provider for the status of a job, for as long as the caller wants to wait. A verdict on the job is
// HTTP 200; a status that could not be read is an error.
import { VideoError } from "../errors.ts";
import type { Clock } from "../platform-ports.ts";
import { askStatus, askStatusOnce } from "./ask-provider.ts";
import { finishJob } from "./finish-job.ts";
import { namesOf, readJobQuery, type JobQuery, type JobQueryOptions } from "./job-query.ts";
import { withLinked } from "./link-signals.ts";
import { createLimitHeld } from "./limits/limit-held.ts";
import type { Route } from "./protect-route.ts";
import type { ProviderJobAnswer } from "./providers/provider.ts";
import type { Rehost } from "./rehost/create-rehost.ts";
import type { EventSink } from "./server-event.ts";
import { tellAnswer } from "./tell-answer.ts";
import type { WaitFor } from "./wait-limits.ts";
import { watchedAs, type WatchedJobs } from "./watch-job.ts";

/** What the route needs. */
export interface VideoStatusOptions extends JobQueryOptions {
  readonly clock: Clock;
  /** The longest that a request is held open, seconds. 0: requests are never held. */
  readonly longestWaitSeconds: number;
  readonly heldQuestionsPerUser?: number | undefined;
  /** Aborted when this process shuts down: held requests are answered, and no other one is held. */
  readonly closing?: AbortSignal | undefined;
  readonly waitFor: WaitFor;
  readonly jobs: WatchedJobs;
  readonly rehost?: Rehost | undefined;
  readonly onEvent?: EventSink | undefined;
}

/** Builds the route. An `endpoint` parameter, which older clients send, is ignored. */
export function videoStatusRoute(options: VideoStatusOptions): Route {
  const { longestWaitSeconds, onEvent } = options;
  const ask = createAsk(options);
  return {
    name: "video-status",
    method: "GET",
    limit: "status",
    run: async (request, { userId }, note) => {
      const { signal } = request;
      const parameters = new URL(request.url).searchParams;
      const [requestId, modelId, provider, wait] = ["requestId", "modelId", "provider", "wait"].map((name) =>
        parameters.get(name),
      );
      const waitMs = readWaitMs(wait ?? null, longestWaitSeconds);
      const query = await readJobQuery({ requestId, modelId, provider }, userId, options);
      const names = { ...namesOf(query, userId), userId };
      note(names);
      const told = await ask(query, { userId, waitMs, signal });
      const answer = told.kind === "finished" ? await finishJob(told, names, options) : told;
      tellAnswer(answer, names, onEvent);
      return toAnswer(answer, query, options);
    },
  };
}

interface Asking {
  readonly userId: string;
  readonly waitMs: number;
  readonly signal: AbortSignal;
}

/** Asks a provider: one question at a time about a job, for all requests that want its answer. */
function createAsk({ clock, jobs, heldQuestionsPerUser, closing = new AbortController().signal }: VideoStatusOptions) {
  const limitHeld = createLimitHeld({ clock, most: heldQuestionsPerUser });
  return async (query: JobQuery, { userId, waitMs, signal }: Asking): Promise<ProviderJobAnswer> => {
    const job = watchedAs(query.provider.id, query.job.requestId);
    // A request that does not wait has its question repeated beneath; one that waits asks again itself.
    if (waitMs <= 0 || closing.aborted)
      return await jobs.watch(job, async (over) => await askStatus(query, clock, over), { waitMs: 0, signal });
    const askOnce = async (over: AbortSignal): Promise<ProviderJobAnswer> => await askStatusOnce(query, clock, over);
    const hold = async (over: AbortSignal) => await jobs.watch(job, askOnce, { waitMs, signal: over });
    return await limitHeld(userId, async () => await withLinked([signal, closing], hold)).catch((error: unknown) => {
      // Its first question was under way, and was cut.
      if (closing.aborted && !signal.aborted) throw shuttingDown(error);
      throw error;
    });
  };
}

function shuttingDown(cause: unknown): VideoError {
  return new VideoError("provider-unavailable", {
    message: "This server is shutting down. Ask again.",
    retryAfterMs: 1000,
    cause,
  });
}

/** The `wait` parameter, whole seconds, as milliseconds: 0 when it is missing, and never above `longestSeconds`. */
function readWaitMs(wait: string | null, longestSeconds: number): number {
  if (wait === null) return 0;
  if (/^\d{1,6}$/.test(wait)) return Math.min(Number(wait), longestSeconds) * 1000;
  const message = `Give whole seconds, such as ${longestSeconds}, or leave it out.`;
  throw new VideoError("invalid-request", {
    message: `wait: ${message}`,
    details: { issues: [{ path: "wait", message }] },
  });
}

function toAnswer(
  answer: ProviderJobAnswer,
  { modelId, provider }: JobQuery,
  { longestWaitSeconds }: Pick<VideoStatusOptions, "longestWaitSeconds">,
): object {
  switch (answer.kind) {
    case "pending":
      // JSON leaves undefined members out.
      return { queued: true, status: answer.status, canWait: longestWaitSeconds > 0 || undefined };
    case "finished":
      return { success: true, videos: answer.videos.map((url) => ({ url })), modelId, provider: provider.id };
    case "failed":
      return { success: false, error: answer.error.message, code: answer.error.code, details: answer.error.details };
  }
}
