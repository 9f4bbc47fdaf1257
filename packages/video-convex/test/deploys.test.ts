import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createOwnWorld, REQUEST, video } from "./support/own-world.ts";
import { deployPolling } from "./support/polling-under-test.ts";

beforeEach(() => {
  vi.useFakeTimers();
  deployPolling(undefined);
});
afterEach(() => void vi.useRealTimers());

test("a deploy that changes the polling reaches a running generation with its next answer, and its books stay exact", async () => {
  deployPolling({ minWaitMs: 60_000 });
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  const questions = (): number => world.fal.calls.filter((call) => call.includes("/status")).length;
  while (world.fal.jobs.length === 0) await world.step();
  const acceptedAt = Date.now();
  deployPolling({ minWaitMs: 1_000, maxWaitMs: 2_000 });
  while (questions() < 1) await world.step();
  expect(Date.now() - acceptedAt, "the wait that had begun is not cut short").toBeGreaterThanOrEqual(60_000);
  deployPolling({ limits: { "vid-veo-3.1-fast": { hardMs: 1 } } });
  const ended = await world.untilEnded("alice", "g1");
  expect(ended).toMatchObject({ status: "completed", settlement: "captured" });
  expect(await world.ledger.read("alice")).toMatchObject({ balance: 500 - ended.credits, held: 0 });
});
