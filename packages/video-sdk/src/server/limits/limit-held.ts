// How many questions of one user are held at the same time, so that no user takes all the connections of a server. In this process only.
import { VideoError } from "../../errors.ts";

/** Holds a question of a user. Throws `rate-limited`, with when to ask again, while the user has as many as are allowed. */
export type LimitHeld = <T>(userId: string, work: () => Promise<T>) => Promise<T>;

/** Ten videos at once, the most that a plan of the app allows, on three devices. */
const DEFAULT_MOST = 30;
/** When to ask again, milliseconds. A question is held for 25 s at most. */
const RETRY_MS = 5000;

/** Builds the limit. Throws a RangeError for one that is not a whole number above 0. */
export function createLimitHeld(most = DEFAULT_MOST): LimitHeld {
  if (!Number.isSafeInteger(most) || most < 1) {
    throw new RangeError(`heldQuestionsPerUser must be a whole number above 0; got ${most}.`);
  }
  const heldBy = new Map<string, number>();
  return async (userId, work) => {
    const held = heldBy.get(userId) ?? 0;
    if (held >= most) {
      const message = `At most ${most} questions of a user are held at the same time. Ask again in a moment.`;
      throw new VideoError("rate-limited", { message, retryAfterMs: RETRY_MS, details: { bucket: "vid-status:held" } });
    }
    heldBy.set(userId, held + 1);
    try {
      return await work();
    } finally {
      const left = (heldBy.get(userId) ?? 1) - 1;
      if (left > 0) heldBy.set(userId, left);
      else heldBy.delete(userId);
    }
  };
}
