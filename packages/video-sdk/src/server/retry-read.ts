// Repeats a read that failed for a passing reason, with p-retry. Only for calls without an effect, because each may be sent several
// times; beneath it every call is sent once, so that one layer retries. Does not know what is read.
import pRetry from "p-retry";
import type { Clock } from "../platform-ports.ts";
import { pause } from "./pause.ts";

/** The limits of a read. */
export interface RetryReadOptions {
  readonly clock: Clock;
  /** No attempt begins later than this many milliseconds after the first one. */
  readonly withinMs: number;
  /** Ends the retries. An attempt that is running is not interrupted, so pass the signal to the call as well. */
  readonly signal: AbortSignal;
}

/** What an error says about another attempt. `VideoError` and `CopyFailedError` say it; any other error ends the retries. */
export interface ReadFailure {
  /** Whether the same read may succeed later. False for a verdict: asking again gets the same answer. */
  readonly retryable: boolean;
  /** How long the other side asks to wait, milliseconds. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * Most attempts of a read, the first one included. A dropped connection or a restarting gateway is over within the 3 s that the two
 * waits take together. What lasts longer is an outage: the client's next question outlasts it, and until then the provider gets
 * at most three times the usual load.
 */
const MAX_ATTEMPTS = 3;
/** The wait before the second attempt, milliseconds; each further wait is twice as long. A longer `Retry-After` replaces it. */
const FIRST_WAIT_MS = 1000;

/** The result of `read`, which is repeated while it throws a retryable error. Throws the last error. */
export async function retryRead<T>(read: () => Promise<T>, { clock, withinMs, signal }: RetryReadOptions): Promise<T> {
  const endsAt = clock.now() + withinMs;
  return await pRetry(read, {
    retries: MAX_ATTEMPTS - 1,
    // p-retry waits on the runtime's timers. The wait below is on the server's clock, and needs no signal of the caller in p-retry.
    minTimeout: 0,
    // p-retry asks this only while attempts are left.
    shouldRetry: async ({ error, attemptNumber }) => {
      if (!isRetryable(error) || signal.aborted) return false;
      const waitMs = Math.max(FIRST_WAIT_MS * 2 ** (attemptNumber - 1), error.retryAfterMs ?? 0);
      // A wait that does not fit is not begun: the error tells the caller at once, with its `retryAfterMs`.
      if (waitMs > endsAt - clock.now()) return false;
      await pause(waitMs, clock, signal);
      return !signal.aborted;
    },
  });
}

/** Whether a status can pass: 408, 425, 429 and 5xx. Every other one is an answer that stays the same. */
export function isTransientStatus(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

/** Whether an error says that the same read may succeed later. */
export function isRetryable(error: unknown): error is Error & ReadFailure {
  return error instanceof Error && "retryable" in error && error.retryable === true;
}
