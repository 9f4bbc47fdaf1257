import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { assertBooks } from "./support/assert-books.ts";
import { createOwnWorld, REQUEST, video } from "./support/own-world.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const IDS = Array.from({ length: 20 }, (_, index) => `g${index}`);

test("the same tap twenty times is one generation, and one of another request is refused", async () => {
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  const start = async (request: object) => await world.as("alice").mutation(video.generate, { id: "tap", request });
  const started = await Promise.all(IDS.map(async () => await start(REQUEST)));
  expect(new Set(started.map((snapshot) => JSON.stringify(snapshot))).size).toBe(1);
  await expect(start({ ...REQUEST, prompt: "a cat" })).rejects.toMatchObject({ data: { code: "key-reused" } });
  const ended = await world.untilEnded("alice", "tap");
  expect(await start({ duration: 8, prompt: REQUEST.prompt, model: REQUEST.model })).toEqual(ended);
  expect(world.fal.jobs).toHaveLength(1);
  await assertBooks(world, "alice", [ended]);
});

test("no more run at once than the user may have", async () => {
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 100_000 });
  const ids = Array.from({ length: 22 }, (_, index) => `g${index}`);
  for (const id of ids) await world.as("alice").mutation(video.generate, { id, request: REQUEST });
  const shown = await world.as("alice").query(video.list, {});
  expect(shown.filter(({ status }) => status === "running")).toHaveLength(20);
  expect(shown.filter(({ error }) => error?.code === "slot-limit-reached").map(({ id }) => id)).toEqual(["g21", "g20"]);
  await world.untilEnded("alice", "g0");
  const again = await world.as("alice").mutation(video.generate, { id: "again", request: REQUEST });
  expect(again.status).toBe("running");
});
