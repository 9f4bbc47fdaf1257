import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { inComponent } from "./support/component-tables.ts";
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

test("costs four function calls and three per question: the numbers of docs/server-driven.md", async () => {
  const world = createOwnWorld([1, 2].map((nth) => ({ call: "status", nth, how: "lost" }) as const));
  // Its first question comes after half of the usual time, when the job of this world has ended: with two faults it takes three.
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  await world.untilEnded("alice", "g1");
  const ran = await inComponent(world.t, async ({ db }) => {
    const scheduled = await db.system.query("_scheduled_functions").collect();
    return scheduled.filter(({ state }) => state.kind === "success").map(({ name }) => name);
  });
  const questions = ran.filter((name) => name === "scheduled:elapsed").length;
  expect(questions).toBeGreaterThan(1);
  // `generate`, and of the actions below: one `begin`, and one `answer` each. Nothing else runs: watchdogs are canceled.
  const actions = ran.filter((name) => name === "video:perform").length;
  expect(ran.length).toBe(questions + actions);
  expect(1 + ran.length + 1 + actions).toBe(4 + 3 * questions);
});
