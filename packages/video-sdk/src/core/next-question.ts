// The next question about a job: when it is due, and what is sent with it. Pure.
import { cancelJob } from "./acquiring.ts";
import type { Effect } from "./effect.ts";
import { factsOf } from "./model-facts.ts";
import type { PollDecision } from "./polling-policy.ts";
import type { PollProgress } from "./poll-progress.ts";
import type { Polling } from "./state.ts";
import type { Rules } from "./transition-result.ts";

/** The state after sending, and the effects to send. */
export type Sent = readonly [Polling, readonly Effect[]];

/** The poll progress of a job that was just accepted (epoch milliseconds). */
export function notAskedYet(acceptedAt: number): PollProgress {
  return {
    answers: 0,
    misses: 0,
    questionsSent: 0,
    isAsking: false,
    lost: undefined,
    overdue: undefined,
    isSaidToHaveEnded: false,
    cancelsSent: 0,
    cancelTries: 0,
    isCancelAnswered: false,
    attachesSent: 0,
    isSignedOut: false,
    notBefore: acceptedAt,
    activeMs: 0,
    countedAt: acceptedAt,
  };
}

/** When the next question is planned, and what the last answer advised. */
export interface Moment {
  readonly at: number;
  readonly random: number;
  readonly hintMs?: number | undefined;
  readonly wasHeld?: boolean | undefined;
  readonly canHold?: boolean | undefined;
}

/** How much later than planned a timer or an answer may come, and its time still counts. */
const LATE_MS = 60_000;

/**
 * The same state with the job's age counted up to a moment. A wall clock can be set, and a device can sleep, so more than was planned is no
 * proof that time has passed: then only the timer's own wait counts, and only when it is over. A job is never given up because a clock was set.
 */
export function counted(state: Polling, at: number, isWaitOver = false): Polling {
  const { activeMs, countedAt, isAsking, waitMs = 0 } = state.poll;
  if (at === countedAt) return state;
  const plannedMs = isAsking ? 0 : waitMs;
  const passedMs = Math.max(0, at - countedAt);
  const provenMs = isWaitOver ? plannedMs : 0;
  const addedMs = passedMs <= plannedMs + LATE_MS ? passedMs : provenMs;
  // What was counted of a wait is not counted again when it ends.
  const leftMs = isAsking ? waitMs : Math.max(0, waitMs - addedMs);
  return { ...state, poll: { ...state.poll, activeMs: activeMs + addedMs, countedAt: at, waitMs: leftMs } };
}

/** What the policy decides about the job at this moment. */
export function decide(state: Polling, moment: Moment, rules: Rules): PollDecision {
  const { at, random, hintMs, wasHeld, canHold } = moment;
  const { modelFacts, request } = state.plan;
  const { model } = request;
  const { answers, misses, activeMs: elapsedMs } = counted(state, at).poll;
  const { expectedMs } = factsOf({ model, modelFacts });
  return rules.polling({ model, expectedMs, attempt: answers, misses, elapsedMs, random, hintMs, wasHeld, canHold });
}

/** Bounds on every wait, whatever the policy returns: zero would loop without end, and too much would overflow a timer. */
export const LEAST_WAIT_MS = 100;
const MOST_WAIT_MS = 3_600_000;
/** The least time between two questions, however often the app comes to the foreground. */
export const LEAST_BETWEEN_MS = 2_000;
/** The wait when a policy returns no usable number. */
const FALLBACK_WAIT_MS = 10_000;

/** Waits before the next question, as long as the policy decides. */
export function waitForNext(state: Polling, moment: Moment, rules: Rules): Sent {
  const { waitMs, isSlow } = decide(state, moment, rules);
  const boundedMs = Math.min(MOST_WAIT_MS, Math.max(LEAST_WAIT_MS, Number.isNaN(waitMs) ? FALLBACK_WAIT_MS : waitMs));
  const leastMs = Math.max(LEAST_BETWEEN_MS, moment.hintMs ?? 0);
  const nextMs = state.poll.isWoken === true ? Math.min(boundedMs, leastMs) : boundedMs;
  const poll = { ...state.poll, notBefore: moment.at + leastMs, waitMs: nextMs, isWoken: undefined };
  return [{ ...state, isSlow, poll }, [{ type: "wait", key: "poll", until: moment.at + nextMs }]];
}

/**
 * There may be news: asks as soon as a question is allowed. The answer to one that is out may be older than the news, so another one follows it.
 */
export function wake(state: Polling, at: number): Sent {
  const { isAsking, isWoken, notBefore, waitMs = 0 } = state.poll;
  if (isAsking) return nothing(isWoken === true ? state : { ...state, poll: { ...state.poll, isWoken: true } });
  const leftMs = notBefore - at;
  if (leftMs <= 0) return ask(state);
  if (leftMs >= waitMs) return nothing(state);
  return [{ ...state, poll: { ...state.poll, waitMs: leftMs } }, [{ type: "wait", key: "poll", until: notBefore }]];
}

/** Asks about the job. Also sends again what was lost: the job's id for the row, and the user's cancel. */
export function ask(state: Polling): Sent {
  const { isCancelAnswered, cancelTries } = state.poll;
  const attached = state.isAttached ? nothing(state) : sendAttach(state);
  const isCancelLost = state.isCanceling && !isCancelAnswered && cancelTries < MAX_CANCELS;
  const canceled = isCancelLost ? sendCancel(attached[0]) : nothing(attached[0]);
  const { job, plan, poll } = canceled[0];
  const attempt = poll.questionsSent + 1;
  // A refusal may be about the token: the question that confirms it has another one.
  const needsFreshToken = poll.refusal === undefined ? undefined : true;
  const check: Effect = { type: "check-status", attempt, job, model: plan.request.model, needsFreshToken };
  const next = { ...canceled[0], poll: { ...poll, questionsSent: attempt, isAsking: true } };
  return [next, [...attached[1], ...canceled[1], check]];
}

/** How often a cancel is sent before its answer is given up. */
const MAX_CANCELS = 5;

/** Asks the provider to cancel the job. */
export function sendCancel(state: Polling): Sent {
  const { plan, job, poll } = state;
  const attempt = poll.cancelsSent + 1;
  const next = { ...state, poll: { ...poll, cancelsSent: attempt, cancelTries: poll.cancelTries + 1 } };
  return [next, [cancelJob(plan, { job, attempt })]];
}

/** Writes the job's id to its row. */
export function sendAttach(state: Polling): Sent {
  const { rowId, job, poll } = state;
  const attempt = poll.attachesSent + 1;
  return [{ ...state, poll: { ...poll, attachesSent: attempt } }, [{ type: "attach-job", attempt, rowId, job }]];
}

function nothing(state: Polling): Sent {
  return [state, []];
}
