// The timers that one generation waits on, one per thing that is waited for. One that ends while nothing may be asked is held back until
// that is over. Knows no state.
import type { WaitKey } from "../core/effect.ts";
import type { Clock, Lifecycle } from "../ports.ts";

/** Timers by what they are for. */
export interface WaitTimers {
  /** Waits until a moment (epoch milliseconds), in place of an earlier wait for the same. */
  start(key: WaitKey, until: number): void;
  /** Tells of what was held back, as far as it may be asked now. */
  release(): void;
  /** Waits for nothing any more. */
  stop(): void;
}

/** What they are made from. */
export interface WaitTimersOptions {
  readonly clock: Clock;
  readonly getPause: Lifecycle["getPause"];
  /** Hears of each wait once, when it is over. */
  onElapsed(key: WaitKey): void;
}

/** Timers of a clock. */
export function createWaitTimers({ clock, getPause, onElapsed }: WaitTimersOptions): WaitTimers {
  const timers = new Map<WaitKey, unknown>();
  const heldBack = new Set<WaitKey>();

  // In the background the books are still settled; a job can wait until somebody looks.
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
