// How often a user may call which route. The limits are a table; the counter is passed in. Knows no HTTP.
import { VideoError } from "../../errors.ts";
import type { AskStore } from "../ask-store.ts";
import type { RateBucket, RateLimiter } from "./rate-limiter.ts";

/** The calls that are limited separately. */
export type RateLimitName = "submit" | "status" | "cancel" | "upload";

/** How often a user may call. A window that is left out has no limit. */
export interface RateLimit {
  readonly perMinute?: number | undefined;
  readonly perHour?: number | undefined;
}

/** The limits of an app. `false`: no limit. */
export interface RateLimitOptions {
  /** Default 10 per minute and 60 per hour, counted as `vid-fal:1m` and `vid-fal:1h` for all providers together. */
  readonly submit?: RateLimit | false | undefined;
  /** Default 600 per minute, counted as `vid-status:1m`: ten jobs of one user, asked about every second. */
  readonly status?: RateLimit | false | undefined;
  /** Default 30 per minute, counted as `vid-cancel:1m`. */
  readonly cancel?: RateLimit | false | undefined;
  /** Upload addresses and first frames. Default 30 per minute, counted as `vid-upload:1m`. */
  readonly upload?: RateLimit | false | undefined;
  /** Default: that of `stores`, else in memory, for one instance. See also `rateLimiterFrom`. */
  readonly limiter?: RateLimiter | undefined;
}

/** What counts, and how it is asked. */
interface Counting {
  readonly limiter: RateLimiter;
  readonly askStore: AskStore;
}

/** Counts one request of a user. Throws `rate-limited` when the limit is reached. */
export type LimitRate = (name: RateLimitName, userId: string) => Promise<void>;

const DEFAULTS: Readonly<Record<RateLimitName, RateLimit & { readonly bucket: string }>> = {
  submit: { bucket: "vid-fal", perMinute: 10, perHour: 60 },
  status: { bucket: "vid-status", perMinute: 600 },
  cancel: { bucket: "vid-cancel", perMinute: 30 },
  upload: { bucket: "vid-upload", perMinute: 30 },
};

/** Builds the counting. Throws a RangeError for a limit that is not a whole number above 0. */
export function createLimitRate(options: Omit<RateLimitOptions, "limiter">, counting: Counting): LimitRate {
  const buckets = {
    submit: bucketsOf("submit", options.submit),
    status: bucketsOf("status", options.status),
    cancel: bucketsOf("cancel", options.cancel),
    upload: bucketsOf("upload", options.upload),
  };
  return async (name, userId) => {
    for (const bucket of buckets[name]) {
      const answer = await take(bucket, userId, counting);
      if (answer.isAllowed) continue;
      throw new VideoError("rate-limited", { retryAfterMs: answer.retryAfterMs, details: { bucket: bucket.name } });
    }
  };
}

function bucketsOf(name: RateLimitName, given: RateLimit | false = DEFAULTS[name]): readonly RateBucket[] {
  if (given === false) return [];
  const { bucket } = DEFAULTS[name];
  const windows = [
    { name: `${bucket}:1m`, limit: given.perMinute, windowMs: 60_000 },
    { name: `${bucket}:1h`, limit: given.perHour, windowMs: 3_600_000 },
  ];
  return windows.flatMap(({ limit, ...window }) => {
    if (limit === undefined) return [];
    if (Number.isSafeInteger(limit) && limit > 0) return [{ ...window, limit }];
    throw new RangeError(`rateLimits.${name} must be whole numbers above 0; got ${limit}. Give false for no limit.`);
  });
}

async function take(
  bucket: RateBucket,
  userId: string,
  { limiter, askStore }: Counting,
): ReturnType<RateLimiter["take"]> {
  try {
    return await askStore("limiter", async () => await limiter.take(bucket, userId), userId);
  } catch (cause) {
    throw new VideoError("provider-unavailable", {
      message: "Requests cannot be counted right now. Try again.",
      cause,
    });
  }
}
