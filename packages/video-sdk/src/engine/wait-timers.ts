// The timers of one generation, one per wait key. A timer that ends during a pause is held back until the pause is over.
// Knows no state.
import type { WaitKey } from "../core/effect.ts";
import type { Clock, Lifecycle } from "../ports.ts";

/** Timers by wait key. */
export interface WaitTimers {
  /** Waits until a time (epoch milliseconds), replacing an earlier wait under the same key. */
  start(key: WaitKey, until: number): void;
  /** Fires the waits that were held back, where the pause allows it now. */
  release(): void;
  /** Stops all waits. */
  stop(): void;
}

/** Options of `createWaitTimers`. */
export interface WaitTimersOptions {
  readonly clock: Clock;
  readonly getPause: Lifecycle["getPause"];
  /** Called once for each wait, when it is over. */
  onElapsed(key: WaitKey): void;
}

/** Timers over a clock. */
export function createWaitTimers({ clock, getPause, onElapsed }: WaitTimersOptions): WaitTimers {
  const timers = new Map<WaitKey, unknown>();
  const heldBack = new Set<WaitKey>();

  // In the background the books are still settled; questions about a job wait until the user is back.
  const mayAsk = (key: WaitKey): boolean => {
    const pause = getPause();
    return pause === undefined || (pause === "background" && key !== "poll");
  };

  const elapsed = (key: WaitKey): void => {
    timers.delete(key);
    if (mayAsk(key)) onElapsed(key);
    else heldBack.add(key);
  };

  return {
    start(key, until) {
      clock.clearTimeout(timers.get(key));
      heldBack.delete(key);
      timers.set(
        key,
        clock.setTimeout(() => elapsed(key), Math.max(0, until - clock.now())),
      );
    },
    release() {
      for (const key of [...heldBack].filter(mayAsk)) {
        heldBack.delete(key);
        onElapsed(key);
      }
    },
    stop() {
      for (const timer of timers.values()) clock.clearTimeout(timer);
      timers.clear();
      heldBack.clear();
    },
  };
}
