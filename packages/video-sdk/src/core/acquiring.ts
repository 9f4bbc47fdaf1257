// The calls that bring something which has to be given back: at the start, and again for one that was never confirmed. Pure.
import type { VideoErrorCode, VideoErrorData } from "../errors.ts";
import type { Job } from "../ports.ts";
import type { OutsideEffect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { operationKey } from "./operation-key.ts";
import type { AcquiringCall, GenerationPlan, Held } from "./state.ts";

type EffectOf<Type extends AcquiringCall> = Extract<OutsideEffect, { readonly type: Type }>;

/** Asks for a slot. */
export function acquireSlot(plan: GenerationPlan, attempt: number): EffectOf<"acquire-slot"> {
  return { type: "acquire-slot", attempt, prompt: plan.request.prompt, key: operationKey(plan, "slot") };
}

/** Asks for the credits. */
export function reserveCredits(plan: GenerationPlan, attempt: number): EffectOf<"reserve-credits"> {
  return { type: "reserve-credits", attempt, credits: plan.credits, key: operationKey(plan, "reserve") };
}

/** Asks for the loading row. */
export function recordRow(
  plan: GenerationPlan,
  { attempt, sessionId, slotId }: { attempt: number; sessionId: string; slotId: string },
): EffectOf<"record-row"> {
  const { request, credits } = plan;
  return { type: "record-row", attempt, sessionId, slotId, request, credits, key: operationKey(plan, "row") };
}

/** Asks the provider to call a job off. Attempt 0: a job that is not this generation's, and whose answer is not waited for. */
export function cancelJob(plan: GenerationPlan, { job, attempt }: { job: Job; attempt: number }): OutsideEffect {
  return { type: "cancel-job", attempt, job, model: plan.request.model };
}

/** What an answer has brought: by which call, and all that is held with it. */
export interface Brought {
  readonly call: AcquiringCall;
  readonly held: Held;
}

/**
 * What an answer adds to what is held. Undefined when it adds nothing: it answers another call, or says a second time what is known.
 * Which attempt it answers does not matter: what is there has to be given back.
 */
export function broughtBy(held: Held, event: GenerationEvent): Brought | undefined {
  const { unconfirmedCall, ...rest } = held;
  const call = unconfirmedCall?.call;
  if (event.type === "slot-acquired" && call === "acquire-slot")
    return { call, held: { ...rest, slotId: event.slotId } };
  if (event.type === "credits-reserved" && call === "reserve-credits")
    return { call, held: { ...rest, credits: "held" } };
  if (event.type === "row-recorded" && call === "record-row") return { call, held: { ...rest, rowId: event.rowId } };
  return undefined;
}

/** What is held once it is certain that an unconfirmed call brought nothing. */
export function heldWithout({ unconfirmedCall, credits, ...rest }: Held): Held {
  return { ...rest, credits: unconfirmedCall?.call === "reserve-credits" ? "none" : credits };
}

/**
 * The refusals by the books themselves. The first answer under a key is the answer, so one of these says that no attempt has brought
 * anything, nor will; a refusal on the way there says nothing of the attempts before it.
 */
const REFUSALS: Record<AcquiringCall, VideoErrorCode> = {
  "acquire-slot": "slot-limit-reached",
  "reserve-credits": "insufficient-credits",
  "record-row": "settlement-failed",
};

/** Whether a certain failure of an unconfirmed call proves that it never happened. */
export function isRefusedByBooks(call: string, { code }: VideoErrorData): boolean {
  return isAcquiringCall(call) && REFUSALS[call] === code;
}

/** Whether an effect is one of these calls. */
export function isAcquiringCall(effect: string): effect is AcquiringCall {
  return Object.hasOwn(REFUSALS, effect);
}
