// The states before the provider has a job: slot, credits, session, row, submit. Each state makes one call and knows what it holds.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { acquireBoth } from "./acquiring-both.ts";
import { acquireSlot, isAcquiringCall, recordRow, reserveCredits } from "./acquiring.ts";
import type { OutsideEffect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { mayAskAnew, mayRepeat, retryWait } from "./preparing-retry.ts";
import { operationKey } from "./operation-key.ts";
import { accept, ended } from "./polling.ts";
import { sessionTitle } from "./session-title.ts";
import { settle } from "./settling.ts";
import type { GenerationPlan, Held, Preparing } from "./state.ts";
import { stay, type Rules, type TransitionResult } from "./transition-result.ts";

/** The first state that acquires something, and its effects. */
export function beginPreparing(plan: GenerationPlan): TransitionResult {
  if (plan.guarantee === "exactly-once") return acquireBoth(plan);
  return send({ name: "acquiring-slot", plan, isCanceling: false, ...NOT_SENT });
}

/** Slot and credits are there. A session is created only now: one without a slot would stay in the user's list, empty. */
export function withBoth(
  { plan, isCanceling }: Pick<Preparing, "plan" | "isCanceling">,
  slotId: string,
  at: number,
): TransitionResult {
  const held = { plan, isCanceling, ...NOT_SENT, slotId };
  const { sessionId } = plan;
  if (sessionId === undefined) return proceed({ ...held, name: "creating-session" }, at);
  return proceed({ ...held, name: "recording", sessionId }, at);
}

const NOT_SENT = { attempt: 0, tries: 0, isWaiting: false, isUnsure: false } as const;

/** What an event means before the provider has a job. */
export function whilePreparing(state: Preparing, event: GenerationEvent, rules: Rules): TransitionResult {
  switch (event.type) {
    case "cancel-requested":
      return cancel(state, event.at);
    case "wait-elapsed":
      return event.key === "retry" && state.isWaiting ? send(state) : stay(state);
    case "effect-failed":
      return isFailureOf(state, event) ? failed(state, event, rules) : stay(state);
    default:
      return answered(state, event, rules);
  }
}

/** A failure counts once, and only for the attempt in flight: a late or repeated one proves nothing about later attempts. */
function isFailureOf(state: Preparing, event: EffectFailed): boolean {
  return event.effect === effectOf(state).type && event.attempt === state.attempt && !state.isWaiting;
}

/** Everything this state has acquired. */
function heldBy(state: Preparing): Held {
  return {
    slotId: "slotId" in state ? state.slotId : undefined,
    sessionId: "sessionId" in state ? state.sessionId : undefined,
    rowId: "rowId" in state ? state.rowId : undefined,
    credits: creditsOf(state),
    unconfirmedCall: unconfirmedCallOf(state),
  };
}

/** This state's own call, when it may have happened unconfirmed. */
function unconfirmedCallOf(state: Preparing): Held["unconfirmedCall"] {
  const { type } = effectOf(state);
  return state.isUnsure && isAcquiringCall(type) ? { call: type, attempt: state.attempt } : undefined;
}

function creditsOf(state: Preparing): Held["credits"] {
  if (state.name === "acquiring-slot") return "none";
  if (state.name !== "reserving-credits") return "held";
  return state.isUnsure ? "unknown" : "none";
}

/** A success counts whichever attempt it answers, because it states a fact. */
function answered(state: Preparing, event: GenerationEvent, rules: Rules): TransitionResult {
  const { plan, isCanceling } = state;
  const base = { plan, isCanceling, ...NOT_SENT };
  if (state.name === "acquiring-slot" && event.type === "slot-acquired") {
    return proceed({ ...base, name: "reserving-credits", slotId: event.slotId }, event.at);
  }
  if (state.name === "reserving-credits" && event.type === "credits-reserved") {
    return withBoth(state, state.slotId, event.at);
  }
  if (state.name === "creating-session" && event.type === "session-created") {
    return proceed({ ...base, name: "recording", slotId: state.slotId, sessionId: event.sessionId }, event.at);
  }
  if (state.name === "recording" && event.type === "row-recorded") {
    const { slotId, sessionId } = state;
    return proceed({ ...base, name: "submitting", slotId, sessionId, rowId: event.rowId }, event.at);
  }
  return state.name === "submitting" ? submitted(state, event, rules) : stay(state);
}

function submitted(
  state: Extract<Preparing, { name: "submitting" }>,
  event: GenerationEvent,
  rules: Rules,
): TransitionResult {
  switch (event.type) {
    case "job-accepted":
      return accept(state, event, rules);
    case "job-finished":
      return ended(state, event, rules);
    case "job-failed":
      // A refusal, unlike a success, proves nothing about the other attempts.
      return event.effect === "submit-job" && event.attempt === state.attempt
        ? ended(state, event, rules)
        : stay(state);
    default:
      return stay(state);
  }
}

/** Goes on to the next state. If the user has canceled and the submit is not sent yet, settles at once instead. */
function proceed(next: Preparing, at: number): TransitionResult {
  return next.isCanceling ? canceled(next, at) : send(next);
}

/** Cancels at once between two attempts when no call is unconfirmed. Otherwise waits for the answer, which may bring something to release. */
function cancel(state: Preparing, at: number): TransitionResult {
  if (state.isWaiting && !state.isUnsure) return canceled(state, at);
  return state.isCanceling ? stay(state) : [{ ...state, isCanceling: true }, []];
}

function canceled(state: Preparing, at: number): TransitionResult {
  return settle({ plan: state.plan, held: heldBy(state), verdict: { kind: "cancel" } }, at);
}

function send(state: Preparing): TransitionResult {
  const next = { ...state, attempt: state.attempt + 1, tries: state.tries + 1, isWaiting: false };
  return [next, [effectOf(next)]];
}

type EffectFailed = Extract<GenerationEvent, { type: "effect-failed" }>;

function failed(state: Preparing, event: EffectFailed, rules: Rules): TransitionResult {
  const known = { ...state, isUnsure: event.certainty === "unknown" || (state.isUnsure && event.isFinal !== true) };
  const { plan, tries, isUnsure, isCanceling } = known;
  const tried = { plan, effect: event.effect, tries, isUnsure, isWanted: !isCanceling };
  if (mayAskAnew(tried, event)) {
    return send({ ...known, plan: { ...plan, isReservedAnew: true }, tries: 0 });
  }
  if (mayRepeat(tried, event, rules)) return [{ ...known, isWaiting: true }, [retryWait("retry", tries, event)]];
  if (known.isCanceling) return canceled(known, event.at);
  const verdict = { kind: "fail", error: { ...errorOf(known, event.error), phase: known.name } } as const;
  return settle({ plan: known.plan, held: heldBy(known), verdict }, event.at);
}

/** A submit that may have been accepted has its own error code, because it must not invite another try. */
function errorOf(state: Preparing, error: VideoErrorData): VideoErrorData {
  if (state.name !== "submitting" || !state.isUnsure) return error;
  return videoErrorData("submission-unknown", { details: { lastError: error.code } });
}

function effectOf(state: Preparing): OutsideEffect {
  const { plan, attempt } = state;
  const { request } = plan;
  switch (state.name) {
    case "acquiring-slot":
      return acquireSlot(plan, attempt);
    case "reserving-credits":
      return reserveCredits(plan, attempt);
    case "creating-session":
      return {
        type: "create-session",
        attempt,
        title: sessionTitle(request.prompt),
        isOwn: plan.isSessionOwn,
        key: operationKey(plan, "session"),
      };
    case "recording":
      return recordRow(plan, state);
    case "submitting":
      return { type: "submit-job", attempt, request, credits: plan.credits, key: plan.id };
  }
}
