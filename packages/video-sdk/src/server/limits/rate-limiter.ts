// How often something may be done, as a port. Types only.

/** A limit over a window of time. */
export interface RateBucket {
  /** Such as `vid-fal:1m`. */
  readonly name: string;
  /** How often within the window. */
  readonly limit: number;
  readonly windowMs: number;
}

/** Whether there was room. */
export type RateAnswer = { readonly isAllowed: true } | { readonly isAllowed: false; readonly retryAfterMs: number };

/** Counts. Several instances of a server must share one, or each of them allows as much as the limit says. */
export interface RateLimiter {
  /** Takes one from the bucket of `key`, in one step. Throws where it cannot count: the request is then refused. */
  take(bucket: RateBucket, key: string): Promise<RateAnswer>;
}
