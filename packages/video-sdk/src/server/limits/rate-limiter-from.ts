// Adapts limiters of the library rate-limiter-flexible, with any of its stores, to our port. Decides nothing.
import type { RateBucket, RateLimiter } from "./rate-limiter.ts";

// The part of that library's limiters that is used. `consume` rejects with `{ msBeforeNext }` when the limit is reached.
interface Limiter {
  consume(key: string): Promise<unknown>;
}

/**
 * One limiter per bucket, made when it is first needed. `create` gets what to spread into the library's own options; `duration` is
 * in seconds: `rateLimiterFrom((options) => new RateLimiterRedis({ storeClient, ...options }))`.
 * While the store cannot be reached every request is refused; give the limiter an `insuranceLimiter` where that is too strict.
 */
export function rateLimiterFrom(
  create: (options: { readonly keyPrefix: string; readonly points: number; readonly duration: number }) => Limiter,
): RateLimiter {
  const limiters = new Map<string, Limiter>();
  const limiterOf = ({ name, limit, windowMs }: RateBucket): Limiter => {
    const known =
      limiters.get(name) ?? create({ keyPrefix: name, points: limit, duration: Math.ceil(windowMs / 1000) });
    limiters.set(name, known);
    return known;
  };
  return {
    async take(bucket, key) {
      try {
        await limiterOf(bucket).consume(key);
        return { isAllowed: true };
      } catch (refusal) {
        const retryAfterMs = waitOf(refusal);
        if (retryAfterMs === undefined) throw refusal;
        return { isAllowed: false, retryAfterMs };
      }
    },
  };
}

// Everything else that is thrown is a failure of the store.
function waitOf(refusal: unknown): number | undefined {
  if (typeof refusal !== "object" || refusal === null || !("msBeforeNext" in refusal)) return undefined;
  return typeof refusal.msBeforeNext === "number" ? Math.max(0, refusal.msBeforeNext) : undefined;
}
