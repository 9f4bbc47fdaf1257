// A promise with a time limit. Does not know what is awaited.
import type { Clock } from "../platform-ports.ts";

/** The time limit, and the error after it. */
export interface Deadline {
  readonly clock: Clock;
  readonly ms: number;
  /** Makes the error to throw when the time is over. */
  readonly late: () => Error;
}

/** Waits for `work`. When the time is over, aborts its signal and throws; a later result is dropped. */
export function withinDeadline<T>(
  work: (over: AbortSignal) => Promise<T> | T,
  { clock, ms, late }: Deadline,
): Promise<T> {
  // By hand: a race makes four promises more, and a submit has four such limits.
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const timer = clock.setTimeout(() => {
      reject(late());
      over.abort();
    }, ms);
    const fail = (cause: unknown): void => {
      clock.clearTimeout(timer);
      reject(cause); // oxlint-disable-line typescript/prefer-promise-reject-errors -- what the work itself has thrown
    };
    const done = (result: T): void => {
      clock.clearTimeout(timer);
      resolve(result);
    };
    try {
      Promise.resolve(work(over.signal)).then(done, fail);
    } catch (cause) {
      fail(cause);
    }
  });
}
