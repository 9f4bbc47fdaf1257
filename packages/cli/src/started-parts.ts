// Servers that are started one by one and closed together: also those that were still starting when another one could not.

/** What has been started. */
export interface StartedParts {
  /** Waits for a part to start, and remembers how it ends. */
  add<T>(starting: Promise<T>, end: (part: T) => Promise<unknown>): Promise<T>;
  /** Ends all of them. A part that never started has nothing to end. Rejects with the first failure, after all were tried. */
  close(): Promise<void>;
}

/** None yet. Each part keeps the process alive until it is closed. */
export function startedParts(): StartedParts {
  const ends: Promise<() => Promise<unknown>>[] = [];
  return {
    async add(starting, end) {
      ends.push(
        starting.then(
          (part) => () => end(part),
          () => () => Promise.resolve(),
        ),
      );
      return await starting;
    },
    async close() {
      const ended = await Promise.allSettled(ends.map(async (ready) => await (await ready)()));
      for (const one of ended) if (one.status === "rejected") throw one.reason;
    },
  };
}
