// The keys under which an exactly-once backend runs each call once. One per call that must not happen twice.
import type { GenerationPlan } from "./state.ts";

/** `settle` is shared by capture and release, and `row-outcome` by both ways a row can end: so only the first of each pair can win. */
type Operation = "slot" | "reserve" | "session" | "row" | "row-outcome" | "row-late" | "settle" | "slot-close";

/** The key of one operation of one generation. */
export function operationKey(plan: GenerationPlan, operation: Operation): string {
  return `${plan.id}:${operation}`;
}
