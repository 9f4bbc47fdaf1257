// The limits and their buckets, with a counter that is a stand-in.
import { RateLimiterMemory } from "rate-limiter-flexible";
import { describe, expect, test, vi } from "vitest";
import { createTestClock } from "../../testing/test-clock.ts";
import { createAskStore } from "../ask-store.ts";
import { createWaitFor } from "../wait-limits.ts";
import { createLimitRate, type LimitRate, type RateLimitName, type RateLimitOptions } from "./limit-rate.ts";
import { createMemoryRateLimiter } from "./memory-rate-limiter.ts";
import { rateLimiterFrom } from "./rate-limiter-from.ts";
import type { RateLimiter } from "./rate-limiter.ts";

const clock = createTestClock();

function limitWith({ limiter = createMemoryRateLimiter(clock), ...limits }: RateLimitOptions): LimitRate {
  return createLimitRate(limits, { limiter, askStore: createAskStore({ waitFor: createWaitFor(clock) }) });
}

function counting(take: RateLimiter["take"] = () => Promise.resolve({ isAllowed: true })) {
  const spy = vi.fn<RateLimiter["take"]>(take);
  return {
    take: spy,
    buckets: () => spy.mock.calls.map(([{ name, limit, windowMs }, key]) => [name, limit, windowMs, key]),
  };
}

describe("the limits", () => {
  test.each<[RateLimitName, (string | number)[][]]>([
    [
      "submit",
      [
        ["vid-fal:1m", 10, 60_000, "u1"],
        ["vid-fal:1h", 60, 3_600_000, "u1"],
      ],
    ],
    ["status", [["vid-status:1m", 600, 60_000, "u1"]]],
    ["cancel", [["vid-cancel:1m", 30, 60_000, "u1"]]],
    ["upload", [["vid-upload:1m", 30, 60_000, "u1"]]],
  ])("of %s are on by default", async (name, buckets) => {
    const limiter = counting();
    await limitWith({ limiter })(name, "u1");
    expect(limiter.buckets()).toEqual(buckets);
  });

  test("are the app's own where it says so, and none where it says false", async () => {
    const limiter = counting();
    const limitRate = limitWith({ limiter, submit: { perHour: 5 }, status: false, cancel: {} });
    for (const name of ["submit", "status", "cancel"] as const) await limitRate(name, "u1");
    expect(limiter.buckets()).toEqual([["vid-fal:1h", 5, 3_600_000, "u1"]]);
  });

  test.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    "of %s are refused when they are set up",
    (perMinute) => {
      const options: RateLimitOptions = { status: { perMinute } };
      expect(() => limitWith(options)).toThrow(RangeError);
      expect(() => limitWith(options)).toThrow("rateLimits.status must be whole numbers above 0");
    },
  );

  test("that are reached are reported with the bucket and the wait; the next bucket is not counted", async () => {
    const limiter = counting(() => Promise.resolve({ isAllowed: false, retryAfterMs: 12_345 }));
    const asked = limitWith({ limiter })("submit", "u1");
    const details = { bucket: "vid-fal:1m" };
    await expect(asked).rejects.toMatchObject({ code: "rate-limited", retryAfterMs: 12_345, details });
    expect(limiter.take).toHaveBeenCalledOnce();
  });

  test("that cannot be counted refuse the request for now", async () => {
    const limiter = counting(() => Promise.reject(new Error("redis://user:password@host")));
    const asked = limitWith({ limiter })("submit", "u1");
    await expect(asked).rejects.toMatchObject({ code: "provider-unavailable", retryable: true });
    await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining("password") });
  });
});

test("requests are counted in memory by the clock that is given", async () => {
  const limitRate = limitWith({ cancel: { perMinute: 1 } });
  await limitRate("cancel", "u1");
  await expect(limitRate("cancel", "u1")).rejects.toMatchObject({ code: "rate-limited", retryAfterMs: 60_000 });
  await clock.advance(60_000);
  await limitRate("cancel", "u1");
});

describe("a limiter of the library", () => {
  test("counts in the library's own memory store as through ours", async () => {
    const { take } = rateLimiterFrom((options) => new RateLimiterMemory(options));
    const bucket = { name: "a:1m", limit: 2, windowMs: 60_000 };
    const room = { isAllowed: true };
    expect([await take(bucket, "u1"), await take(bucket, "u1"), await take(bucket, "u2")]).toEqual([room, room, room]);
    const refused = await take(bucket, "u1");
    expect(refused).toEqual({ isAllowed: false, retryAfterMs: expect.any(Number) });
  });

  test("is made once per bucket, and handed the bucket in its own words", async () => {
    const consume = vi.fn<(key: string) => Promise<void>>(() => Promise.resolve());
    const create = vi.fn<() => { consume: typeof consume }>(() => ({ consume }));
    const { take } = rateLimiterFrom(create);
    for (const key of ["u1", "u2"]) await take({ name: "vid-fal:1h", limit: 60, windowMs: 3_600_000 }, key);
    expect(create.mock.calls).toEqual([[{ keyPrefix: "vid-fal:1h", points: 60, duration: 3600 }]]);
    expect(consume.mock.calls).toEqual([["u1"], ["u2"]]);
  });

  test.each([new Error("connection lost"), undefined, null, "no", {}, { msBeforeNext: "soon" }])(
    "that fails with %o has not refused",
    async (failure) => {
      const consume = vi.fn<(key: string) => Promise<void>>().mockRejectedValue(failure);
      const { take } = rateLimiterFrom(() => ({ consume }));
      await expect(take({ name: "a", limit: 1, windowMs: 1000 }, "u1")).rejects.toBe(failure);
    },
  );
});
