// The calls that bring something which has to be given back, before the start and again when one of them was never heard of. Pure.
import type { VideoErrorCode, VideoErrorData } from "../errors.ts";
import type { Effect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { operationKey } from "./operation-key.ts";
import type { AcquiringCall, GenerationPlan, Held } from "./state.ts";

type EffectOf<Type extends AcquiringCall> = Extract<Effect, { readonly type: Type }>;

/** Asks for a slot. */
export function acquireSlot(plan: GenerationPlan): EffectOf<"acquire-slot"> {
  return { type: "acquire-slot", prompt: plan.request.prompt, key: operationKey(plan, "slot") };
}

/** Asks for the credits. */
export function reserveCredits(plan: GenerationPlan): EffectOf<"reserve-credits"> {
  return { type: "reserve-credits", credits: plan.credits, key: operationKey(plan, "reserve") };
}

/** Asks for the loading row. */
export function recordRow(plan: GenerationPlan, at: { sessionId: string; slotId: string }): EffectOf<"record-row"> {
  const { request, credits } = plan;
  const { sessionId, slotId } = at;
  return { type: "record-row", sessionId, slotId, request, credits, key: operationKey(plan, "row") };
}

/** What is held once an unconfirmed call has been answered; undefined for the answer of another one. */
export function heldAfter(held: Held, event: GenerationEvent): Held | undefined {
  const { unconfirmedCall, ...rest } = held;
  if (event.type === "slot-acquired" && unconfirmedCall === "acquire-slot") return { ...rest, slotId: event.slotId };
  if (event.type === "credits-reserved" && unconfirmedCall === "reserve-credits") return { ...rest, credits: "held" };
  if (event.type === "row-recorded" && unconfirmedCall === "record-row") return { ...rest, rowId: event.rowId };
  return undefined;
}

/** What is held once it is certain that an unconfirmed call brought nothing. */
export function heldWithout({ unconfirmedCall, ...rest }: Held): Held {
  return unconfirmedCall === "reserve-credits" ? { ...rest, credits: "none" } : rest;
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
