// Tells its subscribers that something was committed. Knows nothing of queries.

/** Asks for the last commit when `check` is called, and on a timer while there are subscribers. */
export interface CommitFeed {
  /** Calls the listener after each commit. Returns an unsubscribe function. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Looks now: to be called after anything that may have committed. */
  readonly check: () => void;
  readonly close: () => void;
}

/**
 * The timer finds commits that are not reported: scheduled functions and the mutations inside a running action.
 * `pollMs`: how long such a commit may go unseen. Default 50.
 */
export function createCommitFeed(lastCommit: () => Promise<bigint>, pollMs: number = 50): CommitFeed {
  const listeners = new Set<() => void>();
  let seen = 0n;
  const look = async (): Promise<void> => {
    const latest = await lastCommit();
    if (latest <= seen) return;
    seen = latest;
    for (const listener of listeners) listener();
  };
  const check = (): void => {
    if (listeners.size > 0) void look();
  };
  const timer = setInterval(check, pollMs).unref();
  return {
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    check,
    close: () => clearInterval(timer),
  };
}
