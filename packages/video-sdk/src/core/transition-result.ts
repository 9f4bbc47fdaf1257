// What one transition gives: the next state and what it asks of the world. Knows no state in particular.
import type { PollingPolicy } from "./polling-policy.ts";
import type { RetryLimits } from "./retry-limits.ts";
import type { Effect } from "./effect.ts";
import type { GenerationState } from "./state.ts";

/** The next state, and the effects to perform in order. The same state by reference and no effects means: nothing to do. */
export type TransitionResult = readonly [GenerationState, readonly Effect[]];

/** What the app may decide about the machine. */
export interface Rules {
  readonly polling: PollingPolicy;
  /** How often a call is tried. Left out: {@link DEFAULT_RETRY_LIMITS}. */
  readonly retries?: Partial<RetryLimits> | undefined;
}

/** Nothing to do. */
export function stay(state: GenerationState): TransitionResult {
  return [state, []];
}
