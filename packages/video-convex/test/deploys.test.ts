import { createRegistry, quoteVideo } from "@video-engine/video-models";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { assertBooks } from "./support/assert-books.ts";
import { deploy, DEARER } from "./support/deployed-options.ts";
import { createOwnWorld, REQUEST, video } from "./support/own-world.ts";

const BROKEN = {
  quoteVideo(): never {
    throw new Error("The price table was not deployed.");
  },
};

beforeEach(() => {
  vi.useFakeTimers();
  deploy({});
});
afterEach(() => void vi.useRealTimers());

test("a deploy that changes the polling reaches a running generation with its next answer, and its books stay exact", async () => {
  deploy({ polling: { minWaitMs: 60_000 } });
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  const questions = (): number => world.fal.calls.filter((call) => call.includes("/status")).length;
  while (world.fal.jobs.length === 0) await world.step();
  const acceptedAt = Date.now();
  deploy({ polling: { minWaitMs: 1_000, maxWaitMs: 2_000 } });
  while (questions() < 1) await world.step();
  expect(Date.now() - acceptedAt, "the wait that had begun is not cut short").toBeGreaterThanOrEqual(60_000);
  deploy({ polling: { limits: { "vid-veo-3.1-fast": { hardMs: 1 } } } });
  const ended = await world.untilEnded("alice", "g1");
  expect(ended).toMatchObject({ status: "completed", settlement: "captured" });
  expect(await world.ledger.read("alice")).toMatchObject({ balance: 500 - ended.credits, held: 0 });
});

test("a deploy that changes the prices or retires the model: a start that is repeated under its id is the one that runs, at its own price", async () => {
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  const { credits } = quoteVideo(REQUEST);
  const start = async (id: string, change: object = {}) =>
    await world.as("alice").mutation(video.generate, { id, request: REQUEST, credits, ...change });
  const first = await start("g1");
  for (const options of [{ pricing: DEARER }, { registry: createRegistry([]) }, { pricing: BROKEN }]) {
    deploy(options);
    expect(await start("g1")).toEqual(first);
    await expect(start("g1", { request: { ...REQUEST, prompt: "another" } })).rejects.toMatchObject({
      data: { code: "key-reused" },
    });
    await expect(start("g2")).rejects.toMatchObject({
      data: { code: expect.stringMatching(/^(?:price-changed|unknown-model|not-configured)$/) as string },
    });
  }
  const ended = await world.untilEnded("alice", "g1");
  expect(ended).toMatchObject({ status: "completed", settlement: "captured", credits });
  await assertBooks(world, "alice", [ended]);
});
