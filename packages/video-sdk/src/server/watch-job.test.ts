// Watching by a clock that does not behave. How a question is held otherwise is in video-status-route.test.ts.
import { describe, expect, test, vi } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { createLimitHeld } from "./limits/limit-held.ts";
import type { ProviderJobAnswer } from "./providers/provider.ts";
import { createWatchedJobs } from "./watch-job.ts";

test.each([
  ["back", -3_600_000, 21],
  ["forward", 3_600_000, 2],
])("a wall clock that is set %s by an hour does not make it wait longer", async (_, shiftMs, questions) => {
  const timers = createTestClock();
  let shift = 0;
  const clock = { ...timers, now: () => timers.now() + shift };
  const ask = vi.fn<() => Promise<ProviderJobAnswer>>(() => Promise.resolve({ kind: "pending", status: "running" }));
  const watched = createWatchedJobs(clock).watch("job", ask, { waitMs: 20_000, signal: new AbortController().signal });
  await timers.flush();
  shift = shiftMs;
  await timers.advance(20_000);
  expect(timers.pending).toBe(0);
  expect(await watched).toMatchObject({ kind: "pending" });
  expect(ask).toHaveBeenCalledTimes(questions);
});

describe("jobs that are watched together", () => {
  test.each([
    [50, 1000],
    [100, 2000],
    [400, 5000],
  ])("%i of them are each asked about every %i ms", async (count, gapMs) => {
    const clock = createTestClock();
    const { watch } = createWatchedJobs(clock);
    const ask = vi.fn<() => Promise<ProviderJobAnswer>>(async () => ({ kind: "pending", status: "running" }));
    const caller = new AbortController();
    const waiting = Array.from({ length: count }, async (_, job) =>
      watch(`job-${job}`, ask, { waitMs: 25_000, signal: caller.signal }),
    );
    // The first answers come while not all wait yet: what is counted is a whole number of gaps later on.
    await clock.advance(5000);
    ask.mockClear();
    await clock.advance(2 * gapMs);
    expect(ask).toHaveBeenCalledTimes(2 * count);
    caller.abort();
    await Promise.allSettled(waiting);
    expect(clock.pending).toBe(0);
  });
});

describe("a job that is heard to have ended", () => {
  const DONE: ProviderJobAnswer = { kind: "finished", videos: ["https://x.example/a.mp4"] };
  const PENDING: ProviderJobAnswer = { kind: "pending", status: "running" };
  const open = (ask: Parameters<ReturnType<typeof createWatchedJobs>["watch"]>[1]) => {
    const clock = createTestClock();
    const jobs = createWatchedJobs(clock);
    const hold = async () => await jobs.watch("job", ask, { waitMs: 25_000, signal: new AbortController().signal });
    return { clock, jobs, hold };
  };

  test("answers all who wait at once, and nothing more is asked", async () => {
    const ask = vi.fn<() => Promise<ProviderJobAnswer>>(async () => PENDING);
    const { clock, jobs, hold } = open(ask);
    const held = [hold(), hold(), hold()];
    await clock.flush();
    jobs.hasEnded("another job", DONE);
    jobs.hasEnded("job", DONE);
    expect(await Promise.all(held)).toEqual([DONE, DONE, DONE]);
    expect([ask.mock.calls.length, clock.pending]).toEqual([1, 0]);
  });

  test.each(["is aborted", "comes all the same and says that it runs"])(
    "stays so, though a question is under way that %s",
    async (how) => {
      let answerLate = (): void => undefined;
      const { clock, jobs, hold } = open(
        (signal) =>
          new Promise((resolve, reject) => {
            answerLate = () => resolve(PENDING);
            if (how === "is aborted") signal.addEventListener("abort", () => reject(new Error("aborted")));
          }),
      );
      const [asking, waiting] = [hold(), hold()];
      await clock.flush();
      jobs.hasEnded("job", DONE);
      expect(await waiting).toEqual(DONE);
      answerLate();
      expect(await asking).toEqual(DONE);
      expect(clock.pending).toBe(0);
    },
  );
});

describe("in a runtime that drops what a request was doing once its caller has gone", () => {
  const pending = async (): Promise<ProviderJobAnswer> => ({ kind: "pending", status: "running" });
  const done = async (): Promise<ProviderJobAnswer> => ({ kind: "finished", videos: ["https://x.example/a.mp4"] });
  const dropped = (): Promise<never> => new Promise(() => undefined);
  const wait = (waitMs: number) => ({ waitMs, signal: new AbortController().signal });

  test("the next request asks, once the one that asked has been silent for 16 s", async () => {
    const clock = createTestClock();
    const { watch: watchJob } = createWatchedJobs(clock);
    void watchJob("job", dropped, wait(25_000));
    const ask = vi.fn<() => Promise<ProviderJobAnswer>>(done);
    const second = watchJob("job", ask, wait(25_000));
    await clock.advance(15_999);
    expect(ask).not.toHaveBeenCalled();
    await clock.advance(1);
    expect(await second).toMatchObject({ kind: "finished" });
  });

  test("a request that waits for the silent one is answered soon after its own end", async () => {
    const clock = createTestClock();
    const { watch: watchJob } = createWatchedJobs(clock);
    void watchJob("job", dropped, wait(25_000));
    const second = watchJob("job", pending, wait(5000));
    await clock.advance(16_000);
    expect(await second).toMatchObject({ kind: "pending" });
  });

  test("the questions of a user that were dropped count for a minute", async () => {
    const clock = createTestClock();
    const limitHeld = createLimitHeld({ clock, most: 1 });
    void limitHeld("u1", dropped);
    await expect(limitHeld("u1", done)).rejects.toMatchObject({ code: "rate-limited" });
    clock.jump(60_000);
    expect(await limitHeld("u1", done)).toMatchObject({ kind: "finished" });
  });
});
