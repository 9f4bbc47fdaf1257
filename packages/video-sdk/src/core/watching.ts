// After a timeout the job is still polled, slowly: a late video is saved to its row, uncharged. The outcome is already announced.
import type { GenerationEvent } from "./event.ts";
import type { Effect } from "./effect.ts";
import type { Watching } from "./state.ts";
import { cancelJob } from "./acquiring.ts";
import { LEAST_BETWEEN_MS, LEAST_WAIT_MS } from "./next-question.ts";
import { stay, type TransitionResult } from "./transition-result.ts";

/** Providers store results for about a day at least (kie's own page); after that there is nothing to watch for. */
export const WATCH_LIMIT_MS = 24 * 60 * 60_000;
const WATCH_EVERY_MS = 120_000;
const MAX_WATCH_EVERY_MS = 30 * 60_000;
/** As many planned looks as fit into that day, in case the clock was set back. */
const MOST_LOOKS = 52;

/** Plans the next look, or ends the watch when its time is up. */
export function watch(state: Watching, at: number): TransitionResult {
  if (at - state.acceptedAt >= WATCH_LIMIT_MS || state.looks >= MOST_LOOKS) return forget(state);
  const plannedMs = Math.min(MAX_WATCH_EVERY_MS, WATCH_EVERY_MS * 2 ** Math.min(state.looks, 10));
  const waitMs = state.isWoken === true ? Math.max(LEAST_WAIT_MS, leftMs(state, at)) : plannedMs;
  return [state, [{ type: "wait", key: "poll", until: at + waitMs }]];
}

/** There may be news: looks as soon as that is allowed. The answer to a question that is out may be older than they are. */
function wake(state: Watching, at: number): TransitionResult {
  if (state.isWoken === true) return stay(state);
  const woken: Watching = { ...state, isWoken: true };
  if (state.isAsking) return [woken, []];
  return leftMs(state, at) === 0 ? look(woken) : watch(woken, at);
}

/** How long nothing may be asked. A clock that was set back makes it no longer than the longest wait. */
function leftMs({ notBefore = 0 }: Watching, at: number): number {
  return Math.min(MAX_WATCH_EVERY_MS, Math.max(0, notBefore - at));
}

/** What an event means while watching. A late video is passed to `deliver`. */
export function whileWatching(
  state: Watching,
  event: GenerationEvent,
  deliver: (videos: readonly string[]) => TransitionResult,
): TransitionResult {
  switch (event.type) {
    case "wait-elapsed":
      return event.key === "poll" && !state.isAsking ? look(state) : stay(state);
    case "woken":
      return wake(state, event.at);
    case "job-pending":
    case "job-refused":
      return isAnswered(state, event.attempt) ? lookAgain(state, event) : stay(state);
    case "effect-failed":
      return event.effect === "check-status" && isAnswered(state, event.attempt)
        ? lookAgain(state, { at: event.at, hintMs: event.error.retryAfterMs })
        : stay(state);
    case "job-finished":
      return event.videos.length > 0 ? deliver(event.videos) : forget(state);
    case "job-failed":
      return event.effect === "check-status" ? forget(state) : stay(state);
    case "cancel-requested":
      return forget(state);
    case "job-accepted":
      return event.job.requestId === state.job.requestId
        ? stay(state)
        : [state, [cancelJob(state.plan, { job: event.job, attempt: 0 })]];
    default:
      return stay(state);
  }
}

function look(state: Watching): TransitionResult {
  const { job, plan, isWoken } = state;
  const attempt = state.questionsSent + 1;
  const looks = isWoken === true ? state.looks : state.looks + 1;
  const check: Effect = { type: "check-status", attempt, job, model: plan.request.model };
  return [{ ...state, questionsSent: attempt, isAsking: true, looks, isWoken: undefined }, [check]];
}

function isAnswered({ isAsking, questionsSent }: Watching, attempt: number): boolean {
  return isAsking && attempt === questionsSent;
}

function lookAgain(
  state: Watching,
  { at, hintMs = 0 }: { readonly at: number; readonly hintMs?: number | undefined },
): TransitionResult {
  const leastMs = Math.min(MAX_WATCH_EVERY_MS, Math.max(LEAST_BETWEEN_MS, hintMs));
  return watch({ ...state, isAsking: false, notBefore: at + leastMs }, at);
}

function forget({ plan, held, decidedAt, settlement, error, undone }: Watching): TransitionResult {
  return [{ name: "failed", plan, held, decidedAt, settlement, error, videos: [], undone }, [{ type: "stop-waiting" }]];
}
