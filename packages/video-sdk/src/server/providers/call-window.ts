// A sliding window of calls, for a provider that refuses more than so many in so long. Counts in this process only.

/** So many calls in so long. */
export interface CallWindow {
  /** Takes room for a call: 0. Or, when there is none: milliseconds until there is. */
  take(): number;
}

/** An empty window of `most` calls in `windowMs` milliseconds. */
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
