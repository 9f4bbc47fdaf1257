// Counts requests in this process: for one instance of a server. Works without another package, so that a server is never unlimited for
// want of one.
import type { Clock } from "../../platform-ports.ts";
import type { RateBucket, RateLimiter } from "./rate-limiter.ts";

/** The requests of one key since its window began. */
interface Window {
  /** Epoch milliseconds. */
  readonly startedAt: number;
  readonly taken: number;
}

/** A limiter in memory with fixed windows. A key's window begins with its first request; expired ones are dropped with the next request. */
export function createMemoryRateLimiter({ now }: Pick<Clock, "now">): RateLimiter {
  const buckets = new Map<string, Map<string, Window>>();

  // Windows of one bucket are equally long and in the order of their start, so those that end first come first.
  const openWindowsOf = ({ name, windowMs }: RateBucket, at: number): Map<string, Window> => {
    const windows = buckets.get(name) ?? new Map<string, Window>();
    buckets.set(name, windows);
    for (const [key, window] of windows) {
      if (isOpen(window, windowMs, at)) break;
      windows.delete(key);
    }
    return windows;
  };

  return {
    take: (bucket, key) => {
      const { limit, windowMs } = bucket;
      const at = now();
      const windows = openWindowsOf(bucket, at);
      const known = windows.get(key);
      if (known === undefined || !isOpen(known, windowMs, at)) {
        windows.delete(key);
        windows.set(key, { startedAt: at, taken: 1 });
      } else if (known.taken >= limit) {
        return Promise.resolve({ isAllowed: false, retryAfterMs: known.startedAt + windowMs - at });
      } else {
        windows.set(key, { ...known, taken: known.taken + 1 });
      }
      return Promise.resolve({ isAllowed: true });
    },
  };
}

// A window that lies in the future was begun before the clock was set back.
function isOpen({ startedAt }: Window, windowMs: number, at: number): boolean {
  return startedAt <= at && at < startedAt + windowMs;
}
