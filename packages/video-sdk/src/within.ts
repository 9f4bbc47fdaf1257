// A deadline for a call that may never answer. The call itself goes on: what it still does is the caller's affair.
import type { Clock } from "./ports.ts";

/** What {@link within} rejects with. */
export const TOO_LATE = new Error("No answer in time.");

/** How long a call may take. */
export interface Deadline {
  readonly clock: Pick<Clock, "setTimeout" | "clearTimeout">;
  readonly deadlineMs: number;
}

/** The answer, or a rejection with {@link TOO_LATE}. Leaves no timer behind. */
export async function within<T>(answer: PromiseLike<T> | T, { clock, deadlineMs }: Deadline): Promise<T> {
  let timer: unknown;
  const late = new Promise<never>((_, reject) => {
    timer = clock.setTimeout(() => reject(TOO_LATE), deadlineMs);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clock.clearTimeout(timer);
  }
}
