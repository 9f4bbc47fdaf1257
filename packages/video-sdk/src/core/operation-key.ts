// The idempotency keys of each generation: one for each call that must not happen twice.
import type { GenerationPlan } from "./state.ts";

/**
 * Capture and release share `settle`, and both endings of a row share `row-outcome`, so that only the first of each pair can win. A row that was
 * deleted is recorded and saved `-anew` under keys of its own: the refusals of the first ones are final. A row that is saved is `-copied` when
 * the app's copies of its videos come later. Credits that were refused are requested once more as `reserve-anew`, for the same reason. A mark of a row that must not be deleted is another call, so it is a `row-mark`; so is `row-refunded`.
 */
type Operation =
  | ("slot" | "reserve" | "reserve-anew" | "session" | "settle" | "slot-close")
  | ("row" | "row-outcome" | "row-mark" | "row-late" | "row-anew" | "row-outcome-anew" | "row-copied")
  | "row-refunded";

/** The key of one operation of one generation. */
export function operationKey(plan: GenerationPlan, operation: Operation): string {
  return `${plan.id}:${operation}`;
}
