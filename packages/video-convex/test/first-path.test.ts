import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createOwnWorld, REQUEST, video } from "./support/own-world.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("one mutation: the client leaves, and the video is there and charged", async () => {
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  const started = await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  expect(started).toMatchObject({ id: "g1", status: "running", phase: "submitting", settlement: "held" });
  const ended = await world.untilEnded("alice", "g1");
  expect(ended).toMatchObject({ status: "completed", settlement: "captured", prompt: "a corgi surfing" });
  expect(ended.videos).toHaveLength(1);
  expect(await world.ledger.read("alice")).toEqual({
    balance: 500 - ended.credits,
    held: 0,
    available: 500 - ended.credits,
  });
  expect(world.fal.jobs).toHaveLength(1);
});
