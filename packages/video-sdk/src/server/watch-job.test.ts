// Watching by a clock that does not behave. How a question is held otherwise is in video-status-route.test.ts.
import { expect, test, vi } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
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
