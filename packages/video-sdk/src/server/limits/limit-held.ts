// How many questions of one user are held at the same time, so that no user takes all the connections of a server. In this process only.
import { VideoError } from "../../errors.ts";
import type { Clock } from "../../platform-ports.ts";

/** Holds a question of a user. Throws `rate-limited`, with when to ask again, while the user has as many as are allowed. */
export type LimitHeld = <T>(userId: string, work: () => Promise<T>) => Promise<T>;

/** How many are allowed. */
export interface LimitHeldOptions {
  readonly clock: Pick<Clock, "now">;
  /** Default 30: ten videos at once, the most that a plan of the app allows, on three devices. */
  readonly most?: number | undefined;
}

const DEFAULT_MOST = 30;
/** When to ask again, milliseconds. A question is held for 25 s at most. */
const RETRY_MS = 5000;
/** After so long a question has ended, also one of which the runtime has dropped the end with the connection, milliseconds. */
const LONGEST_MS = 60_000;

/** Builds the limit. Throws a RangeError for one that is not a whole number above 0. */
export function createLimitHeld({ clock, most = DEFAULT_MOST }: LimitHeldOptions): LimitHeld {
  if (!Number.isSafeInteger(most) || most < 1) {
    throw new RangeError(`heldQuestionsPerUser must be a whole number above 0; got ${most}.`);
  }
  const heldBy = new Map<string, Set<{ readonly since: number }>>();
  return async (userId, work) => {
    const held = heldBy.get(userId) ?? new Set();
    for (const one of held) if (Math.abs(clock.now() - one.since) >= LONGEST_MS) held.delete(one);
    if (held.size >= most) {
      const message = `At most ${most} questions of a user are held at the same time. Ask again in a moment.`;
      throw new VideoError("rate-limited", { message, retryAfterMs: RETRY_MS, details: { bucket: "vid-status:held" } });
    }
    const question = { since: clock.now() };
    heldBy.set(userId, held.add(question));
    try {
      return await work();
    } finally {
      held.delete(question);
      if (held.size === 0 && heldBy.get(userId) === held) heldBy.delete(userId);
    }
  };
}
