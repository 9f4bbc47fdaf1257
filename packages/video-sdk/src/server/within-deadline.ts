// A promise that may take only so long. Knows nothing of what is awaited.
import type { Clock } from "../ports.ts";

/** How long, and what then. */
export interface Deadline {
  readonly clock: Clock;
  readonly ms: number;
  /** What to throw when the time is over. */
  readonly late: () => Error;
}

/** Waits for `work`, which is told by its signal when nobody waits any more. What it comes to after that is lost. */
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
