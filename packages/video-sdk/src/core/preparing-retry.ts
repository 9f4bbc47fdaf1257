// Whether a call before the job is sent again after a failure, and when. Pure.
import type { VideoErrorCode } from "../errors.ts";
import { backoffMs } from "./backoff.ts";
import type { Effect, OutsideEffect, WaitKey } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { retryLimit } from "./retry-limits.ts";
import type { GenerationPlan } from "./state.ts";
import type { Rules } from "./transition-result.ts";

/** Longer advice than this ends the generation: credits are not held for an hour in a client-side queue. */
export const LONGEST_RETRY_HINT_MS = 60_000;
const RETRY_BACKOFF = { firstMs: 1_000, maxMs: 15_000 };
const PASSING: readonly VideoErrorCode[] = ["rate-limited", "provider-unavailable", "unreachable"];

type EffectFailed = Extract<GenerationEvent, { type: "effect-failed" }>;

/** A call that was tried. */
export interface Tried {
  readonly plan: GenerationPlan;
  readonly effect: OutsideEffect["type"];
  readonly tries: number;
  /** An attempt, this one or an earlier one, may have had its effect. */
  readonly isUnsure: boolean;
  /** What it acquires is still wanted. */
  readonly isWanted: boolean;
}

/** A certain, passing failure may be sent again. A call that may have happened: only where the other side runs it once per key. */
export function mayRepeat(
  { plan, effect, tries, isUnsure, isWanted }: Tried,
  { certainty, error, isFinal = false }: EffectFailed,
  rules: Rules,
): boolean {
  // An earlier attempt may have acquired something, so a refusal of this one does not shorten the retries.
  if (tries >= retryLimit(rules.retries, isUnsure ? "unanswered" : "preparing")) return false;
  if (certainty === "unknown") {
    if (isFinal) return false;
    if (effect !== "submit-job") return plan.guarantee === "exactly-once";
    // A route that honours the key says this for good: it will not learn more, and will not submit again.
    return plan.isSubmitRepeatable && error.code !== "submission-unknown";
  }
  const isHintKept = !((error.retryAfterMs ?? 0) > LONGEST_RETRY_HINT_MS);
  return PASSING.includes(error.code) && (isWanted || isUnsure) && isHintKept;
}

/** The wait before the next attempt. `tries`: how many there were. */
export function retryWait(key: WaitKey, tries: number, { at, random, error }: EffectFailed): Effect {
  return {
    type: "wait",
    key,
    until: at + backoffMs(RETRY_BACKOFF, { attempt: tries, random, hintMs: error.retryAfterMs }),
  };
}

/** Whether refused credits are requested once more: others came back meanwhile. The first refusal is final under its key, so this has its own. */
export function mayAskAnew(
  { plan, effect, isUnsure, isWanted }: Tried,
  { certainty, error, isWorthAskingAnew = false }: EffectFailed,
): boolean {
  const isRefused = effect === "reserve-credits" && certainty === "not-done" && error.code === "insufficient-credits";
  return isRefused && isWorthAskingAnew && isWanted && !isUnsure && plan.isReservedAnew !== true;
}
