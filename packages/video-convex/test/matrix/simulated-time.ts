// A clock in the place of this process's own: time stands still until a step. Sockets and intervals are left as they are.
import { createTestClock } from "@video-engine/video-sdk/testing";

/** Takes the place of the timers and of `Date`. Returns a function that lets time pass until the next timer, and runs it. */
export function simulateTime(): () => Promise<void> {
  const clock = createTestClock(Date.now());
  class SimulatedDate extends Date {
    constructor(...given: readonly unknown[]) {
      super(...((given.length === 0 ? [clock.now()] : given) as [number])); // as Date takes them
    }
    static override now(): number {
      return clock.now();
    }
  }
  const setTimer = (run: (...args: readonly unknown[]) => void, ms = 0, ...args: readonly unknown[]): unknown => {
    const timer = clock.setTimeout(() => run(...args), ms);
    return Object.assign(timer as object, { ref: () => timer, unref: () => timer, hasRef: () => true });
  };
  Object.assign(globalThis, {
    Date: SimulatedDate,
    setTimeout: setTimer,
    clearTimeout: (timer: unknown) => clock.clearTimeout(timer),
  });
  return async () => await clock.advance(clock.nextDelayMs);
}
