// A sliding window over calls, for a provider that limits its calls per time. Counts in this process only.

/** A limit of calls per time. */
export interface CallWindow {
  /** Counts a call and returns 0; or, when the limit is reached, returns the milliseconds until the next call is allowed. */
  take(): number;
}

/** An empty window that allows `most` calls in `windowMs` milliseconds. */
export function createCallWindow({
  most,
  windowMs,
  now,
}: {
  most: number;
  windowMs: number;
  now: () => number;
}): CallWindow {
  let taken: readonly number[] = [];
  return {
    take() {
      const at = now();
      taken = taken.filter((earlier) => at - earlier < windowMs && earlier <= at);
      const [oldest] = taken;
      if (oldest !== undefined && taken.length >= most) return oldest + windowMs - at;
      taken = [...taken, at];
      return 0;
    },
  };
}
