// The timers that one generation waits on, one per thing that is waited for. Knows no state.
import type { WaitKey } from "../core/event.ts";
import type { Clock } from "../ports.ts";

/** Timers by what they are for. */
export interface WaitTimers {
  /** Waits until a moment (epoch milliseconds), in place of an earlier wait for the same. */
  start(key: WaitKey, until: number): void;
  /** Waits for nothing any more. */
  stop(): void;
}

/** Timers of a clock. `onElapsed` hears of each once. */
export function createWaitTimers(clock: Clock, onElapsed: (key: WaitKey) => void): WaitTimers {
  const timers = new Map<WaitKey, unknown>();
  return {
    start(key, until) {
      clock.clearTimeout(timers.get(key));
      const elapsed = (): void => {
        timers.delete(key);
        onElapsed(key);
      };
      timers.set(key, clock.setTimeout(elapsed, Math.max(0, until - clock.now())));
    },
    stop() {
      for (const timer of timers.values()) clock.clearTimeout(timer);
      timers.clear();
    },
  };
}
