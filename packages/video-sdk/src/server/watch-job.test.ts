// Watching by a clock that does not behave. How a question is held otherwise is in video-status-route.test.ts.
import { describe, expect, test, vi } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { createLimitHeld } from "./limits/limit-held.ts";
import type { ProviderJobAnswer } from "./providers/provider.ts";
import { createWatchJob } from "./watch-job.ts";

test.each([
  ["back", -3_600_000, 8],
  ["forward", 3_600_000, 2],
])("a wall clock that is set %s by an hour does not make it wait longer", async (_, shiftMs, questions) => {
  const timers = createTestClock();
  let shift = 0;
  const clock = { ...timers, now: () => timers.now() + shift };
  const ask = vi.fn<() => Promise<ProviderJobAnswer>>(() => Promise.resolve({ kind: "pending", status: "running" }));
  const watched = createWatchJob(clock)("job", ask, { waitMs: 20_000, signal: new AbortController().signal });
  await timers.flush();
  shift = shiftMs;
  await timers.advance(20_000);
  expect(timers.pending).toBe(0);
  expect(await watched).toMatchObject({ kind: "pending" });
  expect(ask).toHaveBeenCalledTimes(questions);
});

describe("in a runtime that drops what a request was doing once its caller has gone", () => {
  const pending = async (): Promise<ProviderJobAnswer> => ({ kind: "pending", status: "running" });
  const done = async (): Promise<ProviderJobAnswer> => ({ kind: "finished", videos: ["https://x.example/a.mp4"] });
  const dropped = (): Promise<never> => new Promise(() => undefined);
  const wait = (waitMs: number) => ({ waitMs, signal: new AbortController().signal });

  test("the next request asks, once the one that asked has been silent for 16 s", async () => {
    const clock = createTestClock();
    const watchJob = createWatchJob(clock);
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
    const watchJob = createWatchJob(clock);
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
