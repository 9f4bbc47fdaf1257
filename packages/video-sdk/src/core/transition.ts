// The machine: state and event in, next state and effects out. Pure. Rules and their enforcement: SPEC.md.
import type { GenerationEvent } from "./event.ts";
import { deliverLate } from "./deliver-late.ts";
import { whenEnded } from "./ended.ts";
import { whileAcquiringBoth } from "./acquiring-both.ts";
import { whilePreparing, withBoth } from "./preparing.ts";
import { whileGivingUp, whilePolling } from "./polling.ts";
import { whileSettling } from "./settling.ts";
import type { GenerationState } from "./state.ts";
import type { Rules, TransitionResult } from "./transition-result.ts";
import { begin, whileUploading } from "./uploading.ts";
import { whileWatching } from "./watching.ts";

/** The first state of a generation and its first effects. */
export const initial = begin;

/** Applies one event to a state. Total: an event that cannot matter returns the same reference and no effects. */
export function transition(state: GenerationState, event: GenerationEvent, rules: Rules): TransitionResult {
  const result = applied(state, event, rules);
  return rules.numberCalls?.(result, event) ?? result;
}

function applied(state: GenerationState, event: GenerationEvent, rules: Rules): TransitionResult {
  switch (state.name) {
    case "uploading":
      return whileUploading(state, event, rules);
    case "acquiring-both":
      return whileAcquiringBoth(state, event, { rules, onward: (slotId, at) => withBoth(state, slotId, at) });
    case "acquiring-slot":
    case "reserving-credits":
    case "creating-session":
    case "recording":
    case "submitting":
      return whilePreparing(state, event, rules);
    case "polling":
      return whilePolling(state, event, rules);
    case "giving-up":
      return whileGivingUp(state, event, rules);
    case "settling":
      return whileSettling(state, event, rules);
    case "watching":
      return whileWatching(state, event, (videos) => deliverLate(state, { videos, at: event.at }, rules));
    case "completed":
    case "failed":
    case "canceled":
      return whenEnded(state, event, rules);
  }
}
