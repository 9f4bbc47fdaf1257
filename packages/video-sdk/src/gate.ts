// Lets a few calls out at a time. Knows nothing of what they do.

/** Runs a function when a place is free. */
export type Gate = <T>(run: () => Promise<T>) => Promise<T>;

/** Runs this many functions at a time, the others later in the order of their calls. */
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
      // The place goes straight to the next in line, so that no later call can take it.
      if (next === undefined) free += 1;
      else next();
    }
  };
}
