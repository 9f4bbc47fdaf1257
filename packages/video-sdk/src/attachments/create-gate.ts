// Lets a few in at a time, in the order of their coming. Knows nothing of what they do.

/** Runs what it is given when a place is free. */
export type Gate = <T>(run: () => Promise<T>) => Promise<T>;

/** A gate with this many places. */
export function createGate(places: number): Gate {
  let free = places;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      // Whoever leaves hands its place on, so that nobody slips in between.
      if (next === undefined) free += 1;
      else next();
    }
  };
}
