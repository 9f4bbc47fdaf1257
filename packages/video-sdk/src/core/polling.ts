// The states in which the provider has the job: asking, and giving up past the hard limit. A missed question is never a verdict on the job.
import { getVideoModel } from "@video-engine/video-models";
import { videoErrorData } from "../errors.ts";
import type { Effect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { settle } from "./settling.ts";
import type { GivingUp, Held, PollProgress, Polling, Submitting } from "./state.ts";
import { stay, type Rules, type TransitionResult } from "./transition-result.ts";

/** Fresh non-final answers past the hard limit that it takes to give up, and how far apart they must be. */
export const OVERDUE_ANSWERS = 2;
export const OVERDUE_APART_MS = 30_000;
/** A job that the route does not know: this often in a row, over this long, before it counts as lost. */
export const LOST_ANSWERS = 5;
export const LOST_AFTER_MS = 300_000;

/** The provider has accepted the job. */
export function accept(
  state: Submitting,
  event: Extract<GenerationEvent, { type: "job-accepted" }>,
  rules: Rules,
): TransitionResult {
  const { plan, isCanceling, slotId, sessionId, rowId } = state;
  const poll: PollProgress = {
    ...{ attempt: 0, misses: 0, isAsking: false },
    ...{ lost: undefined, overdue: undefined, isSaidToHaveEnded: false },
    ...{ cancelsSent: isCanceling ? 1 : 0, isCancelAnswered: false, isSignedOut: false, notBefore: event.at },
    ...{ activeMs: 0, countedAt: event.at },
  };
  const { job } = event;
  const polling: Polling = {
    ...{ name: "polling", plan, isCanceling, slotId, sessionId, rowId, job, poll },
    ...{ acceptedAt: event.at, isSlow: false, isAttached: false },
  };
  const [next, effects] = waitForNext(polling, event, rules);
  return [next, [attach(polling), ...(isCanceling ? [askCancel(polling)] : []), ...effects]];
}

/** What an event means while the provider has the job. */
export function whilePolling(state: Polling, event: GenerationEvent, rules: Rules): TransitionResult {
  const [next, effects] = polled(state, event, rules);
  return next.name === "polling" && next !== state ? [counted(next, event.at), effects] : [next, effects];
}

function polled(state: Polling, event: GenerationEvent, rules: Rules): TransitionResult {
  switch (event.type) {
    case "wait-elapsed":
      return event.key === "poll" && !state.poll.isAsking ? ask(state) : stay(state);
    case "woken":
      // Back in the app: the answer may have been there for hours. Not sooner than the other side, or good manners, allow.
      return state.poll.isAsking || event.at < state.poll.notBefore ? stay(state) : ask(state);
    case "job-attached":
      return state.isAttached ? stay(state) : [{ ...state, isAttached: true }, []];
    case "job-pending":
      return stillPending(state, event, rules);
    case "job-finished":
    case "job-failed":
      return ended(state, event);
    case "effect-failed":
      if (event.effect === "attach-job") return attachRefused(state, event);
      return event.effect === "check-status" ? missed(state, event, rules) : stay(state);
    case "cancel-requested":
      return state.isCanceling ? stay(state) : [sentCancel({ ...state, isCanceling: true }), [askCancel(state)]];
    case "cancel-answered":
      return cancelAnswered(state, event);
    default:
      return stay(state);
  }
}

/** What an event means once the provider has been asked to cancel an overdue job. */
export function whileGivingUp(state: GivingUp, event: GenerationEvent): TransitionResult {
  switch (event.type) {
    case "cancel-answered":
      return event.answer === "too-late" && !state.poll.isSaidToHaveEnded ? askOnceMore(state) : timeOut(state, event);
    case "effect-failed":
      return event.effect === "cancel-job" ? timeOut(state, event) : stay(state);
    case "job-finished":
    case "job-failed":
      return ended(state, event);
    case "cancel-requested":
      // The provider is being asked already; what it answers is now the user's answer too.
      return state.isCanceling ? stay(state) : [{ ...state, isCanceling: true }, []];
    default:
      return stay(state);
  }
}

/** The provider's verdict. A video is delivered whatever was asked meanwhile; without one the user's cancel counts before the failure. */
export function ended(
  state: Submitting | Polling | GivingUp,
  event: Extract<GenerationEvent, { type: "job-finished" | "job-failed" }>,
): TransitionResult {
  const { plan } = state;
  const held = heldBy(state);
  if (event.type === "job-finished" && event.videos.length > 0) {
    return settle({ plan, held, verdict: { kind: "deliver", videos: event.videos } }, event.at);
  }
  if (state.isCanceling) return settle({ plan, held, verdict: { kind: "cancel" } }, event.at);
  const error = event.type === "job-failed" ? event.error : videoErrorData("result-missing");
  const phase = state.name === "submitting" ? "submitting" : "polling";
  return settle({ plan, held, verdict: { kind: "fail", error: { ...error, phase } } }, event.at);
}

function stillPending(
  state: Polling,
  event: Extract<GenerationEvent, { type: "job-pending" }>,
  rules: Rules,
): TransitionResult {
  const answered: PollProgress = {
    ...state.poll,
    attempt: state.poll.attempt + 1,
    misses: 0,
    isAsking: false,
    lost: undefined,
    isSignedOut: false,
  };
  const { isOverdue } = decide({ ...state, poll: answered }, event, rules);
  const overdue = isOverdue ? countOverdue(state.poll.overdue, event.at) : undefined;
  const next: Polling = { ...state, poll: { ...answered, overdue } };
  if (overdue !== undefined && overdue.count >= OVERDUE_ANSWERS) {
    return [{ ...next, name: "giving-up" }, [{ type: "stop-waiting" }, askCancel(next)]];
  }
  return waitForNext(next, event, rules);
}

function countOverdue(overdue: PollProgress["overdue"], at: number): NonNullable<PollProgress["overdue"]> {
  if (overdue === undefined) return { count: 1, at };
  return at - overdue.at >= OVERDUE_APART_MS ? { count: overdue.count + 1, at } : overdue;
}

function missed(
  state: Polling,
  event: Extract<GenerationEvent, { type: "effect-failed" }>,
  rules: Rules,
): TransitionResult {
  const lost = event.error.code === "not-found" ? countLost(state.poll.lost, event.at) : undefined;
  if (lost !== undefined && lost.count >= LOST_ANSWERS && event.at - lost.since >= LOST_AFTER_MS) {
    return ended(state, {
      ...event,
      type: "job-failed",
      error: videoErrorData("not-found", { message: "The provider no longer knows this job." }),
    });
  }
  const isSignedOut = event.error.code === "not-signed-in";
  const poll: PollProgress = { ...state.poll, misses: state.poll.misses + 1, isAsking: false, lost, isSignedOut };
  return waitForNext({ ...state, poll }, { ...event, hintMs: event.error.retryAfterMs }, rules);
}

function countLost(lost: PollProgress["lost"], at: number): NonNullable<PollProgress["lost"]> {
  return lost === undefined ? { count: 1, since: at } : { ...lost, count: lost.count + 1 };
}

function cancelAnswered(
  state: Polling,
  event: Extract<GenerationEvent, { type: "cancel-answered" }>,
): TransitionResult {
  if (!state.isCanceling) return stay(state);
  const { plan } = state;
  if (event.answer === "removed") return settle({ plan, held: heldBy(state), verdict: { kind: "cancel" } }, event.at);
  const answered: Polling = { ...state, poll: { ...state.poll, isCancelAnswered: true } };
  return event.answer === "too-late" && !state.poll.isAsking ? ask(answered) : [answered, []];
}

/** "It has ended" may mean that the video is there. The count of overdue answers starts again, or nothing would lie between two cancels. */
function askOnceMore(state: GivingUp): TransitionResult {
  return ask({ ...state, name: "polling", poll: { ...state.poll, overdue: undefined, isSaidToHaveEnded: true } });
}

function timeOut(
  state: GivingUp,
  event: Extract<GenerationEvent, { type: "cancel-answered" | "effect-failed" }>,
): TransitionResult {
  const { plan, job, acceptedAt } = state;
  const held = heldBy(state);
  if (state.isCanceling) return settle({ plan, held, verdict: { kind: "cancel" } }, event.at);
  const error = videoErrorData("timed-out", { phase: "polling" });
  const isRemoved = event.type === "cancel-answered" && event.answer === "removed";
  const watch = isRemoved ? {} : { watch: { job, acceptedAt } };
  return settle({ plan, held, verdict: { kind: "fail", error, ...watch } }, event.at);
}

interface Moment {
  readonly at: number;
  readonly random: number;
  readonly hintMs?: number | undefined;
  readonly wasHeld?: boolean;
}

/** What one step adds to a job's age, at most: a night's sleep counts, a clock that was set wrong by years does not. */
const LONGEST_COUNTED_MS = 6 * 60 * 60_000;

function counted(state: Polling, at: number): Polling {
  const { activeMs, countedAt } = state.poll;
  const addedMs = Math.min(LONGEST_COUNTED_MS, Math.max(0, at - countedAt));
  return { ...state, poll: { ...state.poll, activeMs: activeMs + addedMs, countedAt: at } };
}

function decide(state: Polling, { at, random, hintMs, wasHeld }: Moment, rules: Rules): ReturnType<Rules["polling"]> {
  const { model } = state.plan.request;
  const { attempt, misses, activeMs: elapsedMs } = counted(state, at).poll;
  const { expectedMs } = getVideoModel(model);
  return rules.polling({
    model,
    expectedMs,
    attempt,
    misses,
    elapsedMs,
    random,
    ...(hintMs === undefined ? {} : { hintMs }),
    ...(wasHeld === undefined ? {} : { wasHeld }),
  });
}

/** Within these, whatever a policy says: a wait of nothing would ask without end, and so would one that overflows a timer. */
const LEAST_WAIT_MS = 100;
const MOST_WAIT_MS = 3_600_000;
/** However often the app comes to the foreground: no two questions closer than this. */
const LEAST_BETWEEN_MS = 2_000;
/** Where a policy gives no number. */
const FALLBACK_WAIT_MS = 10_000;

function waitForNext(state: Polling, moment: Moment, rules: Rules): TransitionResult {
  const { waitMs, isSlow } = decide(state, moment, rules);
  const boundedMs = Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, Number.isNaN(waitMs) ? FALLBACK_WAIT_MS : waitMs));
  const notBefore = moment.at + Math.max(LEAST_BETWEEN_MS, moment.hintMs ?? 0);
  const next: Polling = { ...state, isSlow, poll: { ...state.poll, notBefore } };
  return [next, [{ type: "wait", key: "poll", until: moment.at + boundedMs }]];
}

/** Asks about the job, and sends along what was lost before: the job's id for the row, and the user's cancel. */
function ask(state: Polling): TransitionResult {
  const { job, plan, isCanceling, poll } = state;
  const check: Effect = { type: "check-status", job, model: plan.request.model };
  const isCancelLost = isCanceling && !poll.isCancelAnswered && poll.cancelsSent < MAX_CANCELS;
  const next = isCancelLost ? sentCancel(state) : state;
  const before = [...(state.isAttached ? [] : [attach(state)]), ...(isCancelLost ? [askCancel(state)] : [])];
  return [{ ...next, poll: { ...next.poll, isAsking: true } }, [...before, check]];
}

/** Times that a cancel is sent until it is answered. */
const MAX_CANCELS = 5;

function sentCancel(state: Polling): Polling {
  return { ...state, poll: { ...state.poll, cancelsSent: state.poll.cancelsSent + 1 } };
}

/** A row that refuses the job's id for good is not asked again: the id only makes it resumable elsewhere. */
function attachRefused(state: Polling, event: Extract<GenerationEvent, { type: "effect-failed" }>): TransitionResult {
  const isFinal = event.certainty === "not-done" && !event.error.retryable;
  return isFinal && !state.isAttached ? [{ ...state, isAttached: true }, []] : stay(state);
}

function attach({ rowId, job }: Polling): Effect {
  return { type: "attach-job", rowId, job };
}

function askCancel({ job, plan }: Polling): Effect {
  return { type: "cancel-job", job, model: plan.request.model };
}

function heldBy(state: Submitting | Polling | GivingUp): Held {
  const { slotId, sessionId, rowId, plan } = state;
  // Whoever started it may have captured already: only the balance can say.
  const credits = plan.isAdopted === true ? "unknown" : "held";
  return { slotId, sessionId, rowId, credits, ...("job" in state ? { requestId: state.job.requestId } : {}) };
}
