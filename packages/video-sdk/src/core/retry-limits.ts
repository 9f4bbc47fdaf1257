// How often a call is tried before it is given up. Pure data; what is not set has its default.
/** Attempts per call, since the app was started. Each is at least 1; waits between attempts double, from one second. */
export interface RetryLimits {
  /**
   * Slot, credits, session, row and submit, when they were refused for a passing reason. Default 4, about seven seconds.
   * @default 4
   */
  readonly preparing: number;
  /**
   * The same calls when no answer came and they may be repeated under their key. Default 12: about two minutes, enough for a phone to
   * come out of a tunnel.
   * @default 12
   */
  readonly unanswered: number;
  /**
   * Each settlement step (save, mark, capture, release, close) until it is reported as unsettled and left to the next start. Default 8: 45 to 91
   * seconds, unless the other side asks for more.
   * @default 8
   */
  readonly settling: number;
  /**
   * Each attached file. Default 12, about two minutes.
   * @default 12
   */
  readonly uploading: number;
}

/** The limits where an app sets none. */
export const DEFAULT_RETRY_LIMITS: RetryLimits = { preparing: 4, unanswered: 12, settling: 8, uploading: 12 };

/** One of the limits, as the app has set it or by default. */
export function retryLimit(retries: Partial<RetryLimits> | undefined, name: keyof RetryLimits): number {
  return retries?.[name] ?? DEFAULT_RETRY_LIMITS[name];
}
