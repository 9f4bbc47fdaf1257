// Simulated time: it moves only when told to, so a ten-minute generation takes milliseconds. Uses no real timer and no test runner.
import type { Clock } from "../platform-ports.ts";

/** A clock for tests. */
export interface TestClock extends Clock {
  /** Lets this many milliseconds pass. Runs every timer that becomes due, in order, and the promise jobs after each. */
  advance(ms: number): Promise<void>;
  /** Runs timers until the condition holds. Throws when nothing is left to run or a simulated day has passed. */
  advanceUntil(condition: () => boolean): Promise<void>;
  /** Runs pending promise jobs without letting time pass. */
  flush(): Promise<void>;
  /** Moves the wall clock without running a timer, as a sleeping phone does. */
  jump(ms: number): void;
  /** Number of timers that have not run. 0 after everything has been cleaned up. */
  readonly pending: number;
  /** Milliseconds until the next timer is due; 0 when none is left. */
  readonly nextDelayMs: number;
}

interface Timer {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

const A_DAY_MS = 86_400_000;
/** Rounds of promise jobs per flush. The longest chain between two effects of the engine is far shorter. */
const ROUNDS = 400;

/** Creates a clock that starts at `startMs` (default: 1 January 2026, UTC). */
export function createTestClock(startMs = 1_767_225_600_000): TestClock {
  let now = startMs;
  let order = 0;
  const timers = new Set<Timer>();

  const flush = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) await Promise.resolve();
  };

  const runNext = async (until: number): Promise<boolean> => {
    const next = earliest(timers);
    if (next === undefined || next.at > until) return false;
    timers.delete(next);
    now = Math.max(now, next.at);
    next.run();
    await flush();
    return true;
  };

  return {
    now: () => now,
    setTimeout(run, delayMs) {
      const timer: Timer = { at: now + Math.max(0, delayMs), order: order++, run };
      timers.add(timer);
      return timer;
    },
    clearTimeout(timer) {
      for (const known of timers) if (known === timer) timers.delete(known);
    },
    async advance(ms) {
      const until = now + ms;
      await flush();
      while (await runNext(until));
      now = Math.max(now, until);
    },
    async advanceUntil(condition) {
      const until = now + A_DAY_MS;
      await flush();
      while (!condition()) {
        if (!(await runNext(until)))
          throw new Error("The condition never held: no timer is left that could change anything within a day.");
      }
    },
    flush,
    jump(ms) {
      now += ms;
    },
    get nextDelayMs() {
      return Math.max(0, (earliest(timers)?.at ?? now) - now);
    },
    get pending() {
      return timers.size;
    },
  };
}

function earliest(timers: ReadonlySet<Timer>): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) {
    if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
      first = timer;
  }
  return first;
}
