// The states in which the provider has the job: polling, and giving up past the hard limit. A missed question is never a verdict.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { cancelJob } from "./acquiring.ts";
import type { GenerationEvent } from "./event.ts";
import { ask, counted, decide, notAskedYet, sendAttach, sendCancel, waitForNext, wake } from "./next-question.ts";
import { settle } from "./settling.ts";
import type { PollProgress } from "./poll-progress.ts";
import type { GivingUp, Held, Polling, Submitting } from "./state.ts";
import { stay, type Rules, type TransitionResult } from "./transition-result.ts";

/** How many fresh pending answers past the hard limit it takes to give up, and how far apart they must be. */
export const OVERDUE_ANSWERS = 2;
export const OVERDUE_APART_MS = 30_000;
/** How many "not found" answers in a row, over how long, before the job counts as lost. */
export const LOST_ANSWERS = 5;
export const LOST_AFTER_MS = 300_000;
/** How far apart two equal refusals must be to end a job. A 403 is also what a firewall or a session gives for a while. */
export const REFUSED_APART_MS = 10_000;
export const FORBIDDEN_APART_MS = 60_000;

/** The provider has accepted the job. */
export function accept(
  state: Submitting,
  event: Extract<GenerationEvent, { type: "job-accepted" }>,
  rules: Rules,
): TransitionResult {
  const { plan, isCanceling, slotId, sessionId, rowId } = state;
  const accepted: Polling = {
    name: "polling",
    plan,
    isCanceling,
    slotId,
    sessionId,
    rowId,
    job: event.job,
    acceptedAt: event.at,
    isSlow: false,
    isAttached: false,
    poll: notAskedYet(event.at),
  };
  const [attached, note] = sendAttach(accepted);
  const [canceled, cancels] = isCanceling ? sendCancel(attached) : [attached, []];
  const [next, waits] = waitForNext(canceled, event, rules);
  return [next, [...note, ...cancels, ...waits]];
}

/** What an event means while the provider has the job. */
export function whilePolling(state: Polling, event: GenerationEvent, rules: Rules): TransitionResult {
  const aged = counted(state, event.at, event.type === "wait-elapsed" && event.key === "poll");
  const [next, effects] = polled(aged, event, rules);
  return next === aged ? [state, effects] : [next, effects];
}

function polled(state: Polling, event: GenerationEvent, rules: Rules): TransitionResult {
  switch (event.type) {
    case "wait-elapsed":
      return event.key === "poll" && !state.poll.isAsking ? ask(state) : stay(state);
    case "woken":
      return wake(state, event.at);
    case "job-attached":
      return state.isAttached ? stay(state) : [{ ...state, isAttached: true }, []];
    case "job-pending":
      return isAnswered(state, event.attempt) ? stillPending(state, event, rules) : stay(state);
    case "job-refused":
      return isAnswered(state, event.attempt) ? refused(state, event, rules) : stay(state);
    case "job-finished":
      return ended(state, event, rules);
    case "job-failed":
      return event.effect === "check-status" ? ended(state, event, rules) : stay(state);
    case "job-accepted":
      return acceptedOnceMore(state, event);
    case "effect-failed":
      if (event.effect === "attach-job") return attachRefused(state, event);
      return event.effect === "check-status" && isAnswered(state, event.attempt)
        ? missed(state, event, rules)
        : stay(state);
    case "cancel-requested":
      return state.isCanceling ? stay(state) : sendCancel({ ...state, isCanceling: true });
    case "cancel-answered":
      return event.attempt === state.poll.cancelsSent ? cancelAnswered(state, event) : stay(state);
    default:
      return stay(state);
  }
}

/** What an event means after the provider was asked to cancel an overdue job. */
export function whileGivingUp(state: GivingUp, event: GenerationEvent, rules: Rules): TransitionResult {
  const { cancelsSent, isSaidToHaveEnded } = state.poll;
  switch (event.type) {
    case "cancel-answered":
      if (event.attempt !== cancelsSent) return stay(state);
      return event.answer === "too-late" && !isSaidToHaveEnded ? askOnceMore(state) : timeOut(state, event);
    case "effect-failed":
      return event.effect === "cancel-job" && event.attempt === cancelsSent ? timeOut(state, event) : stay(state);
    case "job-finished":
      return ended(state, event, rules);
    case "job-failed":
      return event.effect === "check-status" ? ended(state, event, rules) : stay(state);
    case "job-accepted":
      return acceptedOnceMore(state, event);
    case "woken":
      // The cancel is answered first; if the job is watched then, it is asked about at once.
      return state.poll.isWoken === true ? stay(state) : [{ ...state, poll: { ...state.poll, isWoken: true } }, []];
    case "cancel-requested":
      // The provider is already being asked to cancel; its answer now also answers the user.
      return state.isCanceling ? stay(state) : [{ ...state, isCanceling: true }, []];
    default:
      return stay(state);
  }
}

/** The provider's verdict. A video is always delivered. Without a video, the user's cancel takes precedence over the failure. */
export function ended(
  state: Submitting | Polling | GivingUp,
  event: Extract<GenerationEvent, { type: "job-finished" | "job-failed" }>,
  rules: Rules,
): TransitionResult {
  const { plan } = state;
  const held = heldBy(state);
  if (event.type === "job-finished" && event.videos.length > 0) {
    return settle({ plan, held, verdict: { kind: "deliver", videos: event.videos } }, event.at, rules);
  }
  if (state.isCanceling) return settle({ plan, held, verdict: { kind: "cancel" } }, event.at);
  const error = event.type === "job-failed" ? event.error : videoErrorData("result-missing");
  const phase = state.name === "submitting" ? "submitting" : "polling";
  return settle({ plan, held, verdict: { kind: "fail", error: { ...error, phase } } }, event.at);
}

/** A pending answer or a miss counts once, and only for the question in flight. */
function isAnswered({ poll }: Polling, attempt: number): boolean {
  return poll.isAsking && attempt === poll.questionsSent;
}

/** Another attempt of the submit was accepted too. If it created another job, that job is canceled. */
function acceptedOnceMore(
  state: Polling | GivingUp,
  { job }: Extract<GenerationEvent, { type: "job-accepted" }>,
): TransitionResult {
  return job.requestId === state.job.requestId ? stay(state) : [state, [cancelJob(state.plan, { job, attempt: 0 })]];
}

function stillPending(state: Polling, event: Unended, rules: Rules): TransitionResult {
  const answered: PollProgress = {
    ...state.poll,
    answers: state.poll.answers + 1,
    misses: 0,
    isAsking: false,
    lost: undefined,
    isSignedOut: false,
    refusal: undefined,
  };
  return goOn({ ...state, poll: answered }, event, rules);
}

/** The job goes on after a fresh answer, unless that makes it overdue. */
function goOn(state: Polling, event: Unended, rules: Rules): TransitionResult {
  const { isOverdue } = decide(state, event, rules);
  const overdue = isOverdue ? countOverdue(state.poll.overdue, state.poll.activeMs) : undefined;
  const next: Polling = { ...state, poll: { ...state.poll, overdue } };
  if (overdue !== undefined && overdue.count >= OVERDUE_ANSWERS) {
    const [asked, cancel] = sendCancel(next);
    return [{ ...asked, name: "giving-up" }, [{ type: "stop-waiting" }, ...cancel]];
  }
  return waitForNext(next, event, rules);
}

type Unended = Extract<GenerationEvent, { type: "job-pending" | "job-refused" }>;

/** The route's map calls this refusal a verdict. It is one where the answer before was the same, long enough ago; until then it is a fresh answer. */
function refused(
  state: Polling,
  event: Extract<GenerationEvent, { type: "job-refused" }>,
  rules: Rules,
): TransitionResult {
  const { status, text } = event;
  const ageMs = counted(state, event.at).poll.activeMs;
  const apartMs = status === 403 ? FORBIDDEN_APART_MS : REFUSED_APART_MS;
  const before = state.poll.refusal;
  const refusal = before?.status === status && before.text === text ? before : { status, text, ageMs };
  const leftMs = apartMs - (ageMs - refusal.ageMs);
  if (leftMs <= 0) {
    // What it says is the message, as of a job that failed. An error without a sentence is told as JSON, which is for developers.
    const message = /^[[{]/.test(text) ? undefined : text;
    return failWatched(state, videoErrorData("provider-failed", { message, details: { status, text } }), event);
  }
  const { answers } = state.poll;
  const poll = { ...state.poll, answers: answers + 1, misses: 0, isAsking: false, lost: undefined, isSignedOut: false };
  return goOn(
    { ...state, poll: { ...poll, refusal } },
    { ...event, hintMs: Math.max(leftMs, event.hintMs || 0) },
    rules,
  );
}

/** Times here are the job's age: a wall clock can be set. One that lies ahead of it was written by an older version. */
function countOverdue(overdue: PollProgress["overdue"], at: number): NonNullable<PollProgress["overdue"]> {
  if (overdue === undefined || overdue.at > at) return { count: 1, at };
  return at - overdue.at >= OVERDUE_APART_MS ? { count: overdue.count + 1, at } : overdue;
}

function missed(
  state: Polling,
  event: Extract<GenerationEvent, { type: "effect-failed" }>,
  rules: Rules,
): TransitionResult {
  const lost = event.error.code === "not-found" ? countLost(state.poll.lost, state.poll.activeMs) : undefined;
  if (lost !== undefined && lost.count >= LOST_ANSWERS && state.poll.activeMs - lost.since >= LOST_AFTER_MS) {
    const error = videoErrorData("not-found", { message: "The provider no longer knows this job." });
    return ended(state, { ...event, type: "job-failed", effect: "check-status", error }, rules);
  }
  const isSignedOut = event.error.code === "not-signed-in";
  const misses = state.poll.misses + 1;
  const poll: PollProgress = { ...state.poll, misses, isAsking: false, lost, isSignedOut, refusal: undefined };
  return waitForNext({ ...state, poll }, { ...event, hintMs: event.error.retryAfterMs }, rules);
}

function countLost(lost: PollProgress["lost"], at: number): NonNullable<PollProgress["lost"]> {
  return lost === undefined || lost.since > at ? { count: 1, since: at } : { ...lost, count: lost.count + 1 };
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

/** "Already ended" may mean that the video is ready. The overdue count restarts, so that fresh answers lie between two cancels. */
function askOnceMore(state: GivingUp): TransitionResult {
  return ask({ ...state, name: "polling", poll: { ...state.poll, overdue: undefined, isSaidToHaveEnded: true } });
}

function timeOut(
  state: GivingUp,
  event: Extract<GenerationEvent, { type: "cancel-answered" | "effect-failed" }>,
): TransitionResult {
  const isRemoved = event.type === "cancel-answered" && event.answer === "removed";
  return failWatched(state, videoErrorData("timed-out"), { at: event.at, isRemoved });
}

/** Fails, and watches the job, which may still bring its video. The user's cancel takes precedence. */
function failWatched(
  state: Polling | GivingUp,
  error: VideoErrorData,
  { at, isRemoved = false }: { readonly at: number; readonly isRemoved?: boolean },
): TransitionResult {
  const { plan, job, acceptedAt, poll } = state;
  const held = heldBy(state);
  if (state.isCanceling) return settle({ plan, held, verdict: { kind: "cancel" } }, at);
  const watch = isRemoved ? undefined : { job, acceptedAt, questionsSent: poll.questionsSent, isWoken: poll.isWoken };
  return settle({ plan, held, verdict: { kind: "fail", error: { ...error, phase: "polling" }, watch } }, at);
}

/** A row that refuses the job's id for good is not asked again: the id only allows resuming on another device. */
function attachRefused(state: Polling, event: Extract<GenerationEvent, { type: "effect-failed" }>): TransitionResult {
  const isFinal = event.certainty === "not-done" && !event.error.retryable;
  return isFinal && event.attempt === state.poll.attachesSent && !state.isAttached
    ? [{ ...state, isAttached: true }, []]
    : stay(state);
}

function heldBy(state: Submitting | Polling | GivingUp): Held {
  const { slotId, sessionId, rowId, plan } = state;
  // The device that started it may have captured already: only the balance can tell.
  const credits = plan.isAdopted === true ? "unknown" : "held";
  const job = "job" in state ? state.job : undefined;
  const { requestId, provider, endpoint, modelId } = job ?? {};
  return { slotId, sessionId, rowId, credits, requestId, provider, endpoint, modelId };
}
