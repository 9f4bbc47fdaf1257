// The port for counting requests. Types only.

/** A limit in a window of time. */
export interface RateBucket {
  /** Such as `vid-fal:1m`. */
  readonly name: string;
  /** How often within the window. */
  readonly limit: number;
  readonly windowMs: number;
}

/** Whether the limit still allowed the request. */
export type RateAnswer = { readonly isAllowed: true } | { readonly isAllowed: false; readonly retryAfterMs: number };

/** Counts requests. Several instances of a server must share one; otherwise each of them allows the full limit. */
export interface RateLimiter {
  /** Counts one request of `key` in the bucket, in one step. A throw refuses the request. */
  take(bucket: RateBucket, key: string): Promise<RateAnswer>;
}
