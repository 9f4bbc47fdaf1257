// One request that waits for something that others may find: woken by them, by its own timers, or by its caller that hangs up. Does not know
// what it waits for.
import type { Clock } from "../platform-ports.ts";

/** Why a request goes on: there is an answer, it is time to ask, or its own time is over. */
export type Wake = "answer" | "turn" | "over";

/** A request that waits. */
export interface Waiter {
  readonly signal: AbortSignal;
  /** Whether its time is over, by a timer or by the wall clock: either may have stood still or jumped. */
  isOver(): boolean;
  /** Does nothing while it does not sleep. */
  wake(why: Wake): void;
  /** Sleeps until it is woken, or until its turn in so many milliseconds. */
  sleep(ms: number): Promise<Wake>;
}

/** How long a request waits. */
export interface WaiterOptions {
  /** Milliseconds. 0: its time is over from the beginning, and no timer says so. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly clock: Clock;
  /** Called when its caller hangs up. */
  readonly onGone: () => void;
}

/** Begins the waiting. `leave` ends it: no timer and no listener is left. */
export function createWaiter({ waitMs, signal, clock, onGone }: WaiterOptions): {
  readonly waiter: Waiter;
  readonly leave: () => void;
} {
  const endsAt = clock.now() + waitMs;
  let isDue = false;
  let resume: (why: Wake) => void = () => undefined;
  const wake = (why: Wake): void => resume(why);
  const gone = (): void => {
    wake("over");
    onGone();
  };
  const onDue = (): void => {
    isDue = true;
    wake("over");
  };
  const due = waitMs > 0 ? clock.setTimeout(onDue, waitMs) : undefined;
  signal.addEventListener("abort", gone);
  const sleep = async (ms: number): Promise<Wake> =>
    await new Promise((resolve) => {
      const timer = clock.setTimeout(() => wake("turn"), ms);
      resume = (why) => {
        resume = () => undefined;
        clock.clearTimeout(timer);
        resolve(why);
      };
    });
  const isOver = (): boolean => isDue || signal.aborted || clock.now() >= endsAt;
  return {
    waiter: { signal, isOver, wake, sleep },
    leave: () => {
      clock.clearTimeout(due);
      signal.removeEventListener("abort", gone);
    },
  };
}
