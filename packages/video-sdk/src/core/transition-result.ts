// The result of a transition: the next state and the effects to perform.
import type { PollingPolicy } from "./polling-policy.ts";
import type { RetryLimits } from "./retry-limits.ts";
import type { Effect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import type { GenerationState } from "./state.ts";

/** The next state, and the effects to perform in order. The same reference without effects means: nothing to do. */
export type TransitionResult = readonly [GenerationState, readonly Effect[]];

/** What an app may configure about the machine. */
export interface Rules {
  readonly polling: PollingPolicy;
  /** How often a call is tried. Default: {@link DEFAULT_RETRY_LIMITS}. */
  readonly retries?: Partial<RetryLimits> | undefined;
  /** Whether the app saves videos elsewhere before their row is saved. Default false. */
  readonly savesVideos?: boolean | undefined;
  /** Numbers the calls of plans that have numbers. Left out: calls have none. */
  readonly numberCalls?: NumberCalls | undefined;
}

/**
 * Numbers the effects of a transition, and keeps in the plan what the next numbers need. `heard`: the event, or the moment at which effects begin
 * without one. The same reference where there is nothing to number.
 */
export type NumberCalls = (
  result: TransitionResult,
  heard: Pick<GenerationEvent, "at"> | GenerationEvent,
) => TransitionResult;

const NOTHING: readonly Effect[] = [];

/** Nothing to do. */
export function stay(state: GenerationState): TransitionResult {
  return [state, NOTHING];
}
