import type { GenerationSnapshot } from "@video-engine/video-sdk";
import { quoteVideo } from "@video-engine/video-models";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { assertBooks } from "./support/assert-books.ts";
import { createOwnWorld, REQUEST, video } from "./support/own-world.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const IDS = Array.from({ length: 20 }, (_, index) => `g${index}`);

test("twenty at once with credits for two: two videos, and eighteen that were told so", async () => {
  const world = createOwnWorld();
  const { credits } = quoteVideo(REQUEST);
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 2 * credits });
  await Promise.all(IDS.map(async (id) => await world.as("alice").mutation(video.generate, { id, request: REQUEST })));
  const ended = await Promise.all(IDS.map(async (id) => await world.as("alice").query(video.get, { id })));
  const running = ended.filter((snapshot) => snapshot?.status === "running");
  expect(running).toHaveLength(2);
  const final: GenerationSnapshot[] = [];
  for (const id of IDS) final.push(await world.untilEnded("alice", id));
  expect(final.filter(({ status }) => status === "completed")).toHaveLength(2);
  expect(final.filter(({ error }) => error?.code === "insufficient-credits")).toHaveLength(18);
  expect(world.fal.jobs).toHaveLength(2);
  expect(await world.ledger.read("alice")).toEqual({ balance: 0, held: 0, available: 0 });
  await assertBooks(world, "alice", final);
});

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
