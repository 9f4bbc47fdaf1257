// Spreads questions about jobs, so that a thousand jobs that are resumed, or woken, in the same moment do not ask in the same moment. Knows no job.
import type { Clock } from "../platform-ports.ts";
import type { PerformEffect } from "./perform-effect.ts";

/** So many go out at once. With what follows in a second that is 150, which the routes and the provider of one user can bear. */
const BURST = 50;
/** The rest follow at this rate, */
const PER_SECOND = 100;
/** so many at a time: a wake-up for each of thousands costs more than what it sends. */
const AT_A_TIME = 10;

/** The same calls, with at most 150 questions a second. Starts a timer only while questions wait. */
export function paceQuestions(perform: PerformEffect, clock: Clock): PerformEffect {
  const waiting = new Set<() => void>();
  let timer: unknown;
  /** Questions that may go out at once, and when that was true. */
  let [free, countedAt] = [BURST, 0];

  /** Whether one may go out now. A clock that was set back gives nothing and takes nothing. */
  const take = (): boolean => {
    const now = clock.now();
    free = Math.min(BURST, free + (Math.max(0, now - countedAt) * PER_SECOND) / 1_000);
    countedAt = now;
    if (free < 1) return false;
    free -= 1;
    return true;
  };

  const letGo = (): void => {
    timer = undefined;
    for (const go of waiting) {
      if (!take()) break;
      go();
    }
    wait();
  };

  const wait = (): void => {
    const missing = Math.min(AT_A_TIME, waiting.size) - free;
    if (waiting.size > 0) timer ??= clock.setTimeout(letGo, Math.ceil((missing * 1_000) / PER_SECOND));
    else if (timer !== undefined) {
      clock.clearTimeout(timer);
      timer = undefined;
    }
  };

  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const go = (): void => {
        waiting.delete(go);
        signal.removeEventListener("abort", leave);
        resolve();
      };
      // The adapter says what becomes of a question that was called off.
      const leave = (): void => {
        go();
        wait();
      };
      waiting.add(go);
      signal.addEventListener("abort", leave);
      wait();
    });

  return (effect, options) => {
    if (effect.type !== "check-status") return perform(effect, options);
    const { signal } = options;
    const mayGo = signal.aborted || (waiting.size === 0 && take());
    return mayGo ? perform(effect, options) : turn(signal).then(() => perform(effect, options));
  };
}
