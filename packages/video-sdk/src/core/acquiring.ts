// The calls whose result must be released later: sent at the start, and again when an earlier one stays unconfirmed. Pure.
import type { VideoErrorCode } from "../errors.ts";
import type { Job } from "../ports.ts";
import type { OutsideEffect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { operationKey } from "./operation-key.ts";
import type { GenerationPlan, Held, UnconfirmedCall } from "./state.ts";
import type { AcquiringCall } from "./settlement-steps.ts";

type EffectOf<Type extends AcquiringCall> = Extract<OutsideEffect, { readonly type: Type }>;

/** Requests a slot. */
export function acquireSlot(plan: GenerationPlan, attempt: number): EffectOf<"acquire-slot"> {
  return { type: "acquire-slot", attempt, prompt: plan.request.prompt, key: operationKey(plan, "slot") };
}

/** Reserves the credits. */
export function reserveCredits(plan: GenerationPlan, attempt: number): EffectOf<"reserve-credits"> {
  return {
    type: "reserve-credits",
    attempt,
    credits: plan.credits,
    key: operationKey(plan, plan.isReservedAnew === true ? "reserve-anew" : "reserve"),
  };
}

/** Records the loading row: the first one, or `anew` the one in place of a row that was deleted. */
export function recordRow(
  plan: GenerationPlan,
  { attempt, sessionId, slotId }: { attempt: number; sessionId: string; slotId: string },
  operation: "row" | "row-anew" = "row",
): EffectOf<"record-row"> {
  const { request, credits, modelFacts, sent } = plan;
  const key = operationKey(plan, operation);
  return { type: "record-row", attempt, sessionId, slotId, request, modelFacts, sent, credits, key };
}

/** Asks the provider to cancel a job. Attempt 0: the job belongs to no generation here, and its answer is ignored. */
export function cancelJob(plan: GenerationPlan, { job, attempt }: { job: Job; attempt: number }): OutsideEffect {
  return { type: "cancel-job", attempt, job, model: plan.request.model };
}

/** What an answer added: the call that it answers, and everything held with it. */
export interface Brought {
  readonly call: AcquiringCall;
  readonly held: Held;
}

/**
 * What an answer adds to what is held. Undefined when it adds nothing: it answers another call, or repeats a known fact.
 * Its attempt number does not matter: anything acquired must be released.
 */
export function broughtBy(held: Held, event: GenerationEvent): Brought | undefined {
  const call = ANSWERED_BY[event.type];
  if (call === undefined || !isUnconfirmed(held, call)) return undefined;
  const rest = confirmed(held, call);
  if (event.type === "slot-acquired") return { call, held: { ...rest, slotId: event.slotId } };
  if (event.type === "row-recorded") return { call, held: { ...rest, rowId: event.rowId } };
  return { call, held: { ...rest, credits: "held" } };
}

const ANSWERED_BY: Partial<Record<GenerationEvent["type"], AcquiringCall>> = {
  "slot-acquired": "acquire-slot",
  "credits-reserved": "reserve-credits",
  "row-recorded": "record-row",
};

/** Whether a call was sent and never answered. */
export function isUnconfirmed({ unconfirmedCall, alsoUnconfirmed }: Held, call: string): boolean {
  return unconfirmedCall?.call === call || alsoUnconfirmed?.call === call;
}

/** The calls that were sent and never answered. */
export function unconfirmedIn({ unconfirmedCall, alsoUnconfirmed }: Held): readonly UnconfirmedCall[] {
  return [unconfirmedCall, alsoUnconfirmed].filter((one) => one !== undefined);
}

/** The same, once the outcome of a call is known. */
export function confirmed(held: Held, call: string): Held {
  const { unconfirmedCall: _, alsoUnconfirmed: __, ...rest } = held;
  const [left] = unconfirmedIn(held).filter((one) => one.call !== call);
  return left === undefined ? rest : { ...rest, unconfirmedCall: left };
}

/** What is held once it is certain that an unconfirmed call acquired nothing. */
export function heldWithout(held: Held, call: string): Held {
  const rest = confirmed(held, call);
  return call === "reserve-credits" && isUnconfirmed(held, call) ? { ...rest, credits: "none" } : rest;
}

/**
 * The refusals that come from the ledger itself. The first answer under a key is final, so such a refusal proves that no attempt has acquired
 * anything or ever will. A failure on the way there proves nothing about earlier attempts.
 */
const REFUSALS: Record<AcquiringCall, VideoErrorCode> = {
  "acquire-slot": "slot-limit-reached",
  "reserve-credits": "insufficient-credits",
  "record-row": "settlement-failed",
};

/**
 * Whether a certain failure of an unconfirmed call proves that it never happened. Where calls are numbered, what a function throws answers its own
 * attempt only: an earlier one may still be on its way.
 */
export function isRefusedByBooks(
  { calls }: GenerationPlan,
  { effect, error, isFinal = false }: Pick<EffectFailed, "effect" | "error" | "isFinal">,
): boolean {
  if (!isAcquiringCall(effect)) return false;
  return calls === undefined ? REFUSALS[effect] === error.code : isFinal;
}

type EffectFailed = Extract<GenerationEvent, { type: "effect-failed" }>;

/** Whether an effect is one of these acquiring calls. */
export function isAcquiringCall(effect: string): effect is AcquiringCall {
  return Object.hasOwn(REFUSALS, effect);
}
