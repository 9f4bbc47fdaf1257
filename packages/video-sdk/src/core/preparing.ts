// The states before the provider has a job: slot, credits, session, row, submit. Each asks for one thing and knows what it already holds.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { acquireSlot, isAcquiringCall, recordRow, reserveCredits } from "./acquiring.ts";
import { backoffMs } from "./backoff.ts";
import type { Effect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { operationKey } from "./operation-key.ts";
import { accept, ended } from "./polling.ts";
import { sessionTitle } from "./session-title.ts";
import { settle } from "./settling.ts";
import type { GenerationPlan, Held, Preparing } from "./state.ts";
import { stay, type Rules, type TransitionResult } from "./transition-result.ts";

/** Times a call of these states is sent before the generation is given up. */
export const MAX_PREPARING_ATTEMPTS = 4;
/** The same for a call that nobody answers and that may be repeated: about two minutes, in which a phone comes out of its tunnel. */
const MAX_UNCONFIRMED_ATTEMPTS = 12;
/** Advice to wait longer than this ends the generation instead: nobody should hold credits for an hour in a queue of ours. */
export const LONGEST_RETRY_HINT_MS = 60_000;
const RETRY_BACKOFF = { firstMs: 1_000, maxMs: 15_000 };

/** The first state in which something is acquired, and its effect. */
export function beginPreparing(plan: GenerationPlan): TransitionResult {
  return send({ name: "acquiring-slot", plan, isCanceling: false, attempt: 0, isWaiting: false, isUnsure: false });
}

/** What an event means before the provider has a job. */
export function whilePreparing(state: Preparing, event: GenerationEvent, rules: Rules): TransitionResult {
  switch (event.type) {
    case "cancel-requested":
      return cancel(state, event.at);
    case "wait-elapsed":
      return event.key === "retry" && state.isWaiting ? send(state) : stay(state);
    case "effect-failed":
      return event.effect === effectOf(state).type && !state.isWaiting ? failed(state, event) : stay(state);
    default:
      return state.isWaiting ? stay(state) : answered(state, event, rules);
  }
}

/** Everything that this state has acquired. */
function heldBy(state: Preparing): Held {
  const slot = "slotId" in state ? { slotId: state.slotId } : {};
  const session = "sessionId" in state ? { sessionId: state.sessionId } : {};
  const row = "rowId" in state ? { rowId: state.rowId } : {};
  return { ...slot, ...session, ...row, credits: creditsOf(state), ...unconfirmedCallOf(state) };
}

/** What may have come of this state's own call, where it can be asked for again. */
function unconfirmedCallOf(state: Preparing): Pick<Held, "unconfirmedCall"> {
  const { type } = effectOf(state);
  const canBeAskedAgain = state.isUnsure && state.plan.guarantee === "exactly-once";
  return canBeAskedAgain && isAcquiringCall(type) ? { unconfirmedCall: type } : {};
}

function creditsOf(state: Preparing): Held["credits"] {
  if (state.name === "acquiring-slot") return "none";
  if (state.name !== "reserving-credits") return "held";
  return state.isUnsure ? "unknown" : "none";
}

function answered(state: Preparing, event: GenerationEvent, rules: Rules): TransitionResult {
  const { plan, isCanceling } = state;
  const base = { plan, isCanceling, attempt: 0, isWaiting: false, isUnsure: false };
  if (state.name === "acquiring-slot" && event.type === "slot-acquired") {
    return proceed({ ...base, name: "reserving-credits", slotId: event.slotId }, event.at);
  }
  if (state.name === "reserving-credits" && event.type === "credits-reserved") {
    const held = { ...base, slotId: state.slotId };
    const { sessionId } = plan;
    if (sessionId === undefined) return proceed({ ...held, name: "creating-session" }, event.at);
    return proceed({ ...held, name: "recording", sessionId }, event.at);
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
    case "job-failed":
      return ended(state, event);
    default:
      return stay(state);
  }
}

/** Goes on to the next state, unless the user has canceled meanwhile: before the submit that settles at once. */
function proceed(next: Preparing, at: number): TransitionResult {
  return next.isCanceling ? canceled(next, at) : send(next);
}

/** At once between two attempts, when nothing can have happened unseen. Otherwise the answer comes first: it may bring something to give back. */
function cancel(state: Preparing, at: number): TransitionResult {
  if (state.isWaiting && !state.isUnsure) return canceled(state, at);
  return state.isCanceling ? stay(state) : [{ ...state, isCanceling: true }, []];
}

function canceled(state: Preparing, at: number): TransitionResult {
  return settle({ plan: state.plan, held: heldBy(state), verdict: { kind: "cancel" } }, at);
}

function send(state: Preparing): TransitionResult {
  const next = { ...state, attempt: state.attempt + 1, isWaiting: false };
  return [next, [effectOf(next)]];
}

type EffectFailed = Extract<GenerationEvent, { type: "effect-failed" }>;

function failed(state: Preparing, event: EffectFailed): TransitionResult {
  const known = { ...state, isUnsure: state.isUnsure || event.certainty === "unknown" };
  if (mayRepeat(known, event)) {
    const waitMs = backoffMs(RETRY_BACKOFF, {
      attempt: state.attempt,
      random: event.random,
      hintMs: event.error.retryAfterMs,
    });
    return [{ ...known, isWaiting: true }, [{ type: "wait", key: "retry", until: event.at + waitMs }]];
  }
  if (known.isCanceling) return canceled(known, event.at);
  const verdict = { kind: "fail", error: { ...errorOf(known, event.error), phase: known.name } } as const;
  return settle({ plan: known.plan, held: heldBy(known), verdict }, event.at);
}

/** A submit that may have been accepted is an error of its own: unlike the one that hid the answer, it must not invite another try. */
function errorOf(state: Preparing, error: VideoErrorData): VideoErrorData {
  if (state.name !== "submitting" || !state.isUnsure) return error;
  return videoErrorData("submission-unknown", { details: { lastError: error.code } });
}

/** A call that certainly did not happen may be sent again when waiting can help. One that may have happened: only where the other side runs it once. */
function mayRepeat(state: Preparing, { certainty, error }: EffectFailed): boolean {
  // An earlier attempt may have brought something that has to be given back: then a refusal of this one is no reason to give up sooner.
  if (state.attempt >= (state.isUnsure ? MAX_UNCONFIRMED_ATTEMPTS : MAX_PREPARING_ATTEMPTS)) return false;
  if (certainty === "unknown") {
    return state.name === "submitting" ? state.plan.isSubmitRepeatable : state.plan.guarantee === "exactly-once";
  }
  const isPassing =
    error.code === "rate-limited" || error.code === "provider-unavailable" || error.code === "unreachable";
  const isWanted = !state.isCanceling || state.isUnsure;
  return isPassing && isWanted && !((error.retryAfterMs ?? 0) > LONGEST_RETRY_HINT_MS);
}

function effectOf(state: Preparing): Effect & { type: Exclude<Effect["type"], "wait" | "stop-waiting"> } {
  const { plan } = state;
  const { request } = plan;
  switch (state.name) {
    case "acquiring-slot":
      return acquireSlot(plan);
    case "reserving-credits":
      return reserveCredits(plan);
    case "creating-session":
      return { type: "create-session", title: sessionTitle(request.prompt), key: operationKey(plan, "session") };
    case "recording":
      return recordRow(plan, state);
    case "submitting":
      return { type: "submit-job", request, key: plan.id };
  }
}
