// Whether a new generation can be stored and read back. Pure. Asked before anything is called for it.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { decodeRecord, encodeRecord } from "./journal-record.ts";
import { isStorableAmount, MOST_CREDITS } from "./record-shape.ts";
import type { GenerationPlan, GenerationState } from "./state.ts";

/** Why a plan must not begin: its price is no price, or its record could not be read after a restart. Undefined: it may. */
export function refusalOf(plan: GenerationPlan): VideoErrorData | undefined {
  if (!isStorableAmount(plan.credits)) return refusedPrice(plan);
  const state: GenerationState = { name: "uploading", plan, files: {} };
  if (decodeRecord(encodeRecord(state)).kind === "state") return undefined;
  return videoErrorData("invalid-request", {
    message: `This request cannot be stored: an id or an address in it is empty, or longer than a stored one may be. Pass shorter ones.`,
    details: { sessionId: plan.sessionId },
  });
}

function refusedPrice({ credits, request: { model } }: GenerationPlan): VideoErrorData {
  return videoErrorData("not-configured", {
    message: `The price of ${model} is ${credits} credits. A price is a whole number from 1 to ${MOST_CREDITS}: mend the pricing that the engine was given.`,
    details: { model, credits: String(credits) },
  });
}
