// Counts in this process: right for one instance of a server. The library reads the runtime's own clock.
/// <reference path="./rate-limiter-flexible.d.ts" />
import RateLimiterMemory from "rate-limiter-flexible/lib/RateLimiterMemory.js";
import { rateLimiterFrom } from "./rate-limiter-from.ts";
import type { RateLimiter } from "./rate-limiter.ts";

/** A limiter in memory. What it has counted is dropped when its window ends. */
export function createMemoryRateLimiter(): RateLimiter {
  return rateLimiterFrom((options) => new RateLimiterMemory(options));
}
