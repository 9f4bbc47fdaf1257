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
export async function withinDeadline<T>(
  work: (over: AbortSignal) => Promise<T>,
  { clock, ms, late }: Deadline,
): Promise<T> {
  const over = new AbortController();
  let timer: unknown;
  const end = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(() => {
      reject(late());
      over.abort();
    }, ms);
  });
  try {
    return await Promise.race([work(over.signal), end]);
  } finally {
    clock.clearTimeout(timer);
  }
}
