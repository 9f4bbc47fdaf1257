// A deadline for a call that may never answer. The call itself goes on: what it still does is the caller's affair.
import type { Clock } from "./platform-ports.ts";

/** What {@link within} rejects with. */
export const TOO_LATE = new Error("No answer in time.");

/** How long a call may take. */
export interface Deadline {
  readonly clock: Pick<Clock, "setTimeout" | "clearTimeout">;
  readonly deadlineMs: number;
}

/** The answer, or a rejection with {@link TOO_LATE}. Leaves no timer behind. */
export function within<T>(answer: PromiseLike<T> | T, { clock, deadlineMs }: Deadline): Promise<T> {
  // By hand, because a race makes four promises where one does, and each call of a generation has a deadline.
  return new Promise((resolve, reject) => {
    const timer = clock.setTimeout(() => reject(TOO_LATE), deadlineMs);
    const failed = (cause: unknown): void => {
      clock.clearTimeout(timer);
      reject(cause); // oxlint-disable-line typescript/prefer-promise-reject-errors -- what the call itself has thrown
    };
    Promise.resolve(answer).then((value) => {
      clock.clearTimeout(timer);
      resolve(value);
    }, failed);
  });
}
