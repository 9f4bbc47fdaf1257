// Whether a new generation can be stored and read back. Pure. Asked before anything is called for it.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { isPlan } from "./plan-shape.ts";
import { isStorableAmount, MOST_CREDITS } from "./shape-tests.ts";
import type { GenerationPlan } from "./state.ts";

/** An error is for people and logs: of an id that is too long, its beginning says which one. */
const MOST_SHOWN = 100;

/** Why a plan must not begin: its price is no price, or its record could not be read after a restart. Undefined: it may. Throws where it is no JSON. */
export function refusalOf(plan: GenerationPlan): VideoErrorData | undefined {
  if (!isStorableAmount(plan.credits)) return refusedPrice(plan);
  // An app's own pricing returns the request too, and may have put into it what is no JSON: then this throws. Bytes are not stored.
  const { attachmentImageBytes: _bytes, ...request } = plan.request;
  JSON.stringify(request);
  if (isPlan(plan)) return undefined;
  const { sessionId } = plan;
  return videoErrorData("invalid-request", {
    message: `This request cannot be stored: an id or an address in it is empty, or longer than a stored one may be. Pass shorter ones.`,
    // A caller without types may pass anything.
    details: { sessionId: typeof sessionId === "string" ? sessionId.slice(0, MOST_SHOWN) : undefined },
  });
}

function refusedPrice({ credits, request: { model } }: GenerationPlan): VideoErrorData {
  return videoErrorData("not-configured", {
    message: `The price of ${model} is ${credits} credits. A price is a whole number from 1 to ${MOST_CREDITS}: mend the pricing that the engine was given.`,
    details: { model, credits: String(credits) },
  });
}
