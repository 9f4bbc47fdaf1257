// Which reads are repeated, how often, when, and what ends it. On a test clock: p-retry itself waits for nothing.
import { describe, expect, test, vi } from "vitest";
import { VideoError } from "../errors.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { isTransientStatus, retryRead, type RetryReadOptions } from "./retry-read.ts";

const UNAVAILABLE = new VideoError("provider-unavailable");

/** A read that throws what it is given, one after the other, and then returns "read". Collects the times of its calls. */
function setUp(failures: readonly unknown[], options: Partial<RetryReadOptions> = {}) {
  const clock = createTestClock();
  const startedAt = clock.now();
  const times: number[] = [];
  const left = [...failures];
  const read = vi.fn<() => Promise<string>>(async () => {
    times.push(clock.now() - startedAt);
    if (left.length > 0) throw left.shift();
    return "read";
  });
  const controller = new AbortController();
  const reading = retryRead(read, { clock, withinMs: 15_000, signal: controller.signal, ...options });
  const outcome = reading.catch((error: unknown) => error);
  return { clock, times, read, outcome, abort: () => controller.abort() };
}

describe("a read", () => {
  test("that succeeds is made once, and leaves no timer", async () => {
    const { clock, outcome, times } = setUp([]);
    expect([await outcome, times, clock.pending]).toEqual(["read", [0], 0]);
  });

  test("is repeated after 1 s and after 2 s more", async () => {
    const { clock, outcome, times } = setUp([UNAVAILABLE, UNAVAILABLE]);
    await clock.advance(3000);
    expect([await outcome, times, clock.pending]).toEqual(["read", [0, 1000, 3000], 0]);
  });

  test("is made three times at most, and then throws its last error", async () => {
    const last = new VideoError("rate-limited");
    const { clock, outcome, times } = setUp([UNAVAILABLE, UNAVAILABLE, last, UNAVAILABLE]);
    await clock.advance(60_000);
    expect(await outcome).toBe(last);
    expect([times, clock.pending]).toEqual([[0, 1000, 3000], 0]);
  });

  test.each([
    ["a verdict on the input", new VideoError("content-rejected")],
    ["an account that is refused", new VideoError("provider-unavailable", { retryable: false })],
    ["a job that does not exist", new VideoError("not-found")],
    ["a fault of the program", new TypeError("x is not a function")],
    ["an error that does not say whether it passes", new Error("fetch failed")],
  ])("is not repeated after %s", async (_, error) => {
    const { clock, outcome, times } = setUp([error]);
    expect(await outcome).toBe(error);
    expect([times, clock.pending]).toEqual([[0], 0]);
  });
});

describe("a Retry-After", () => {
  test("that is longer than the wait replaces it", async () => {
    const { clock, outcome, times } = setUp([new VideoError("rate-limited", { retryAfterMs: 8000 })]);
    await clock.advance(7999);
    expect(times).toEqual([0]);
    await clock.advance(1);
    expect([await outcome, times]).toEqual(["read", [0, 8000]]);
  });

  test("that is shorter does not shorten the wait", async () => {
    const { clock, outcome, times } = setUp([new VideoError("rate-limited", { retryAfterMs: 10 })]);
    await clock.advance(1000);
    expect([await outcome, times]).toEqual(["read", [0, 1000]]);
  });

  test("that does not fit is not waited for: its error is thrown at once", async () => {
    const error = new VideoError("rate-limited", { retryAfterMs: 15_001 });
    const { clock, outcome, times } = setUp([error]);
    expect(await outcome).toBe(error);
    expect([times, clock.pending]).toEqual([[0], 0]);
  });
});

test("no attempt begins after the time is over, also where the attempts themselves take long", async () => {
  const clock = createTestClock();
  const read = vi.fn<() => Promise<never>>(async () => {
    clock.jump(2500);
    throw UNAVAILABLE;
  });
  const outcome = retryRead(read, { clock, withinMs: 5000, signal: new AbortController().signal }).catch(() => "over");
  await clock.advance(60_000);
  expect(await outcome).toBe("over");
  // Over at 2.5 s, again from 3.5 s to 6 s; the next wait would end at 8 s.
  expect(read).toHaveBeenCalledTimes(2);
});

describe("an abort", () => {
  test("ends the wait at once, and the read is not repeated", async () => {
    const { clock, outcome, times, abort } = setUp([UNAVAILABLE]);
    await clock.advance(500);
    abort();
    expect(await outcome).toBe(UNAVAILABLE);
    await clock.advance(60_000);
    expect([times, clock.pending]).toEqual([[0], 0]);
  });

  test("during an attempt keeps it from being repeated", async () => {
    const controller = new AbortController();
    const clock = createTestClock();
    const read = vi.fn<() => Promise<never>>(async () => {
      controller.abort();
      throw UNAVAILABLE;
    });
    await expect(retryRead(read, { clock, withinMs: 15_000, signal: controller.signal })).rejects.toBe(UNAVAILABLE);
    expect([read.mock.calls.length, clock.pending]).toEqual([1, 0]);
  });
});

test.each([
  [true, [408, 425, 429, 500, 502, 503, 504, 599]],
  [false, [0, 200, 302, 400, 401, 403, 404, 409, 410, 422, 451]],
])("a status can pass (%s): %j", (canPass, statuses) => {
  expect(statuses.filter((status) => isTransientStatus(status) !== canPass)).toEqual([]);
});
