// How often a user may begin, counted by the rate limiter within the transaction: a start that is refused, or that throws, is not counted.
import { MINUTE, HOUR, RateLimiter } from "@convex-dev/rate-limiter";
import type { Infer } from "convex/values";
import { components } from "../_generated/api.ts";
import type { MutationCtx } from "../_generated/server.ts";
import { refusalOf } from "./refusal.ts";
import type { rateLimits } from "./settings.ts";
import { videoErrorData } from "@video-engine/video-sdk/core";

/** Counts one start. Throws `rate-limited` with the time after which the next one is allowed. */
export async function limitRate(
  ctx: MutationCtx,
  userId: string,
  limits: Infer<typeof rateLimits> = {},
): Promise<void> {
  const limiter = new RateLimiter(components.rateLimiter);
  for (const [name, rate, period] of [
    ["vid:1m", limits.perMinute, MINUTE],
    ["vid:1h", limits.perHour, HOUR],
  ] as const) {
    if (rate === undefined) continue;
    const config = { kind: "fixed window", rate, period } as const;
    const { ok, retryAfter } = await limiter.limit(ctx, name, { key: userId, config });
    if (ok) continue;
    const message = `At most ${rate} videos may be started in ${period === MINUTE ? "a minute" : "an hour"}.`;
    throw refusalOf(videoErrorData("rate-limited", { message, retryAfterMs: Math.ceil(retryAfter) }));
  }
}
