// How often a call is tried before it is given up. Pure data with defaults.
/** Attempts per call, counted since the app started. Each limit is at least 1; waits double, starting at one second. */
export interface RetryLimits {
  /**
   * Slot, credits, session, row and submit, after a passing refusal. Default 4, about seven seconds.
   * @default 4
   */
  readonly preparing: number;
  /**
   * The same calls when no answer came and they may be repeated under their key. Default 12: about two minutes, enough for a phone in a
   * tunnel.
   * @default 12
   */
  readonly unanswered: number;
  /**
   * Each settlement step (save, mark, capture, release, close). After that it is reported as unsettled and left to the next start. Default 8:
   * 45 to 91 seconds, unless the server advises longer waits. Three certain refusals in the same way end it earlier.
   * @default 8
   */
  readonly settling: number;
  /**
   * Each attached file. Default 12, about two minutes.
   * @default 12
   */
  readonly uploading: number;
}

/**
 * A settlement step that was certainly refused so often in a row, each time by the same code, is given up before its limit: waiting does not
 * change such an answer. What may pass (no connection, no user signed in, advice to wait) is not counted.
 */
export const MOST_EQUAL_REFUSALS = 3;

/** The limits when an app sets none. */
export const DEFAULT_RETRY_LIMITS: RetryLimits = { preparing: 4, unanswered: 12, settling: 8, uploading: 12 };

/** One limit: the app's value, or the default. */
export function retryLimit(retries: Partial<RetryLimits> | undefined, name: keyof RetryLimits): number {
  return retries?.[name] ?? DEFAULT_RETRY_LIMITS[name];
}
