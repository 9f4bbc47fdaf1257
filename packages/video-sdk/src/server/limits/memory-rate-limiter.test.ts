// Fixed windows in memory: what they count, when they end, and that nothing is kept after them.
import { expect, test, vi } from "vitest";
import { createTestClock } from "../../testing/test-clock.ts";
import { createMemoryRateLimiter } from "./memory-rate-limiter.ts";

const MINUTE = { name: "a:1m", limit: 2, windowMs: 60_000 };
const ALLOWED = { isAllowed: true };

test("counts per bucket and key, and starts anew after the window", async () => {
  const clock = createTestClock();
  const { take } = createMemoryRateLimiter(clock);
  expect([await take(MINUTE, "u1"), await take(MINUTE, "u1")]).toEqual([ALLOWED, ALLOWED]);
  await clock.advance(20_000);
  expect(await take(MINUTE, "u1")).toEqual({ isAllowed: false, retryAfterMs: 40_000 });
  expect(await take(MINUTE, "u2")).toEqual(ALLOWED);
  expect(await take({ ...MINUTE, name: "b:1m" }, "u1")).toEqual(ALLOWED);
  await clock.advance(39_999);
  expect(await take(MINUTE, "u1")).toEqual({ isAllowed: false, retryAfterMs: 1 });
  await clock.advance(1);
  expect([await take(MINUTE, "u1"), await take(MINUTE, "u1")]).toEqual([ALLOWED, ALLOWED]);
  expect(await take(MINUTE, "u1")).toEqual({ isAllowed: false, retryAfterMs: 60_000 });
});

test("a refused request does not count, and does not make the window longer", async () => {
  const clock = createTestClock();
  const { take } = createMemoryRateLimiter(clock);
  const once = { ...MINUTE, limit: 1 };
  await take(once, "u1");
  for (let second = 59; second > 0; second -= 1) {
    await clock.advance(1000);
    expect(await take(once, "u1")).toEqual({ isAllowed: false, retryAfterMs: second * 1000 });
  }
  await clock.advance(1000);
  expect(await take(once, "u1")).toEqual(ALLOWED);
});

test("a clock that is set back by an hour locks no user out", async () => {
  const clock = createTestClock();
  const { take } = createMemoryRateLimiter(clock);
  const once = { ...MINUTE, limit: 1 };
  await take(once, "u1");
  clock.jump(-3_600_000);
  expect(await take(once, "u1")).toEqual(ALLOWED);
  expect(await take(once, "u1")).toEqual({ isAllowed: false, retryAfterMs: 60_000 });
});

test("requests at the same time are counted one by one", async () => {
  const { take } = createMemoryRateLimiter(createTestClock());
  const answers = await Promise.all(Array.from({ length: 10 }, async () => await take(MINUTE, "u1")));
  expect(answers.filter(({ isAllowed }) => isAllowed)).toHaveLength(2);
});

test("keeps nothing of a window that has ended, once the next request of the bucket comes", async () => {
  const clock = createTestClock();
  const { take } = createMemoryRateLimiter(clock);
  const users = Array.from({ length: 100 }, (_, index) => `u${index}`);
  for (const user of users) await take(MINUTE, user);
  await clock.advance(30_000);
  await take(MINUTE, "later");
  await clock.advance(30_000);
  const dropped = vi.spyOn(Map.prototype, "delete");
  expect(await take(MINUTE, "later")).toEqual(ALLOWED);
  const keys = dropped.mock.calls.map(([key]) => key);
  dropped.mockRestore();
  expect(keys).toEqual(users);
  expect(await take(MINUTE, "later")).toEqual({ isAllowed: false, retryAfterMs: 30_000 });
});
