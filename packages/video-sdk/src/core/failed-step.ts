// What a settlement step that has failed means: whether there is nothing left to do, and whether it may be tried again. Pure.
import type { VideoErrorData } from "../errors.ts";
import { isUnconfirmed } from "./acquiring.ts";
import type { GenerationEvent } from "./event.ts";
import type { GenerationPlan, Settling } from "./state.ts";
import type { SettlementStep } from "./settlement-steps.ts";

/** The failure of a step. */
export type StepFailed = Extract<GenerationEvent, { type: "effect-failed" }> & { readonly effect: SettlementStep };

const SET: ReadonlySet<SettlementStep> = new Set<SettlementStep>([
  "save-videos",
  "save-row",
  "update-row",
  "mark-row-failed",
  "mark-refunded",
  "close-slot",
]);

/** Whether what the step sets certainly does not exist any more. */
export function isGone({ effect, certainty, error }: StepFailed): boolean {
  return SET.has(effect) && certainty === "not-done" && error.code === "not-found";
}

/**
 * Rows and slots are set, so setting them again is harmless. Money moves by an amount, and a row is added: only under a key, or when that
 * certainly did not happen. A refusal that waiting cannot change, or an unknown outcome that would come again, is not repeated.
 */
export function mayRepeat(state: Settling, { effect, certainty, error, isFinal = false }: StepFailed): boolean {
  if (certainty === "not-done") return !isFinalRefusal(error) || isUnconfirmed(state.held, effect);
  return !isFinal && mayBeAgain(state.plan, effect);
}

/** Whether a call that may have happened may be sent again: it sets something, or the other side runs it once. */
export function mayBeAgain({ guarantee }: Pick<GenerationPlan, "guarantee">, call: string): boolean {
  return guarantee === "exactly-once" || !ADDING.has(call);
}

/** What must not happen twice: money, and what is added. */
const ADDING: ReadonlySet<string> = new Set([
  "capture-credits",
  "release-credits",
  "acquire-slot",
  "reserve-credits",
  "create-session",
  "record-row",
]);

/** What was settled otherwise stays so, and what is gone does not come back. */
function isFinalRefusal({ code, details }: VideoErrorData): boolean {
  return code === "not-found" || details?.["decided"] !== undefined;
}

const STEPS: Record<SettlementStep, true> = {
  "acquire-slot": true,
  "reserve-credits": true,
  "record-row": true,
  "save-videos": true,
  "save-row": true,
  "update-row": true,
  "mark-row-failed": true,
  "mark-refunded": true,
  "capture-credits": true,
  "release-credits": true,
  "close-slot": true,
};

/** Whether an effect is a settlement step. */
export function isStep(effect: string): effect is SettlementStep {
  return Object.hasOwn(STEPS, effect);
}
