// What must not begin, and what is not the caller's.
import { quoteVideo } from "@video-engine/video-models";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { rowsOf } from "./support/component-tables.ts";
import { createOwnWorld, REQUEST, video } from "./support/own-world.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const code = (name: string) => ({ data: { code: name } });

describe("a start is refused, and nothing is kept of it", () => {
  test.each([
    ["an unknown model", { id: "g1", request: { ...REQUEST, model: "vid-none" } }, "unknown-model"],
    ["a duration that there is none of", { id: "g1", request: { ...REQUEST, duration: 7.5 } }, "invalid-request"],
    ["no request", { id: "g1", request: null }, "unknown-model"],
    ["bytes in the request", { id: "g1", request: { ...REQUEST, attachmentImageBytes: "aGk=" } }, "invalid-request"],
    ["an empty id", { id: "", request: REQUEST }, "invalid-request"],
    ["an id with a slash", { id: "a/b", request: REQUEST }, "invalid-request"],
    ["another price than the user was told", { id: "g1", request: REQUEST, credits: 1 }, "price-changed"],
    ["an empty session", { id: "g1", request: REQUEST, sessionId: "" }, "invalid-request"],
  ])("%s", async (_, args, expected) => {
    const world = createOwnWorld();
    await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
    await expect(world.as("alice").mutation(video.generate, args)).rejects.toMatchObject(code(expected));
    expect(await rowsOf(world.t, "generations")).toEqual([]);
    expect(await world.ledger.read("alice")).toMatchObject({ balance: 500, held: 0 });
  });
});

test("the price that the user was told is taken where it is right", async () => {
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  const { credits } = quoteVideo(REQUEST);
  const started = await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST, credits });
  expect(started).toMatchObject({ status: "running", credits });
});

test("without credits it has failed at once, and there is no job", async () => {
  const world = createOwnWorld();
  const ended = await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  expect(ended).toMatchObject({ status: "failed", settlement: "none", error: { code: "insufficient-credits" } });
  await world.step();
  expect(world.fal.calls).toEqual([]);
});

test("nobody who is not signed in gets in", async () => {
  const { t } = createOwnWorld();
  const refused = code("not-signed-in");
  await expect(t.mutation(video.generate, { id: "g1", request: REQUEST })).rejects.toMatchObject(refused);
  await expect(t.mutation(video.cancel, { id: "g1" })).rejects.toMatchObject(refused);
  await expect(t.query(video.get, { id: "g1" })).rejects.toMatchObject(refused);
  await expect(t.query(video.list, {})).rejects.toMatchObject(refused);
});

test("another user's generation is neither seen nor canceled, and may have the same id", async () => {
  const world = createOwnWorld();
  for (const userId of ["alice", "bob"]) await world.ledger.grant({ userId, key: "welcome", amount: 500 });
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  expect(await world.as("bob").query(video.get, { id: "g1" })).toBeNull();
  expect(await world.as("bob").query(video.list, {})).toEqual([]);
  await expect(world.as("bob").mutation(video.cancel, { id: "g1" })).rejects.toMatchObject(code("not-found"));
  await world.as("bob").mutation(video.generate, { id: "g1", request: { ...REQUEST, prompt: "a cat" } });
  expect((await world.untilEnded("alice", "g1")).prompt).toBe("a corgi surfing");
  expect((await world.untilEnded("bob", "g1")).prompt).toBe("a cat");
});

test("a user who begins too often is told when to come back, and a refused start is not counted", async () => {
  const world = createOwnWorld();
  for (let n = 0; n < 100; n++) await world.as("alice").mutation(video.generate, { id: `g${n}`, request: REQUEST });
  const more = async (userId: string) =>
    await world.as(userId).mutation(video.generate, { id: "more", request: REQUEST });
  for (const _ of [1, 2, 3]) {
    const refused = (await more("alice").catch((error: unknown) => error)) as {
      data: { code: string; retryAfterMs: number };
    };
    expect(refused.data.code).toBe("rate-limited");
    expect(refused.data.retryAfterMs).toBeGreaterThan(0);
    expect(refused.data.retryAfterMs).toBeLessThanOrEqual(60_000);
  }
  expect((await more("bob")).status, "another user is counted apart").toBe("failed");
  vi.setSystemTime(Date.now() + 60_000);
  expect((await more("alice")).status).toBe("failed");
});
