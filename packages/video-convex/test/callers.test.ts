// Who calls, and what they may say: an `auth` that is wrong, ids of others, and arguments as a hostile client makes them.
import { makeFunctionReference } from "convex/server";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { chooseAuth } from "./support/auth-under-test.ts";
import { rowsOf } from "./support/component-tables.ts";
import { createOwnWorld, REQUEST, video, type OwnWorld } from "./support/own-world.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const callers = {
  generate: makeFunctionReference<"mutation">("callers:generate"),
  cancel: makeFunctionReference<"mutation">("callers:cancel"),
  get: makeFunctionReference<"query">("callers:get"),
  list: makeFunctionReference<"query">("callers:list"),
  events: makeFunctionReference<"query">("callers:events"),
};

async function openWorld(): Promise<OwnWorld> {
  const world = createOwnWorld();
  for (const userId of ["alice", "bob"]) await world.ledger.grant({ userId, key: "welcome", amount: 500 });
  return world;
}

const code = (name: string) => ({ data: { code: name } });

/** Every function that a client can call. */
const callAll = (world: OwnWorld) => [
  world.t.mutation(callers.generate, { id: "g1", request: REQUEST }),
  world.t.mutation(callers.cancel, { id: "g1" }),
  world.t.query(callers.get, { id: "g1" }),
  world.t.query(callers.list, {}),
  world.t.query(callers.events, {}),
];

describe("an auth that answers", () => {
  test.each([
    ["nothing", undefined, "not-signed-in"],
    ["null", null, "not-signed-in"],
    ["an empty text", "", "not-signed-in"],
    ["an empty user id", { userId: "" }, "not-configured"],
    ["no user id", {}, "not-configured"],
    ["a number", 7, "not-configured"],
    ["true", true, "not-configured"],
    ["a user id that is a number", { userId: 7 }, "not-configured"],
    ["a part of a video", { userId: "alice", maxConcurrent: 0.5 }, "not-configured"],
    ["less than none", { userId: "alice", maxConcurrent: -1 }, "not-configured"],
    ["as many as can be counted, and more", { userId: "alice", maxConcurrent: Infinity }, "not-configured"],
    ["a number that is none", { userId: "alice", maxConcurrent: Number.NaN }, "not-configured"],
  ])("%s: every call is refused, and nothing is kept", async (_, answer, expected) => {
    const world = await openWorld();
    chooseAuth(() => answer);
    for (const call of callAll(world)) await expect(call).rejects.toMatchObject(code(expected));
    expect(await rowsOf(world.t, "generations")).toEqual([]);
  });

  test("with a throw: the app's own error comes to the caller, and nothing is kept", async () => {
    const world = await openWorld();
    chooseAuth(() => {
      throw new Error("The session service is down.");
    });
    for (const call of callAll(world)) await expect(call).rejects.toThrow("The session service is down.");
    expect(await rowsOf(world.t, "generations")).toEqual([]);
  });

  test("a user who may have none under way: each start has failed at once, and costs nothing", async () => {
    const world = await openWorld();
    chooseAuth(() => ({ userId: "alice", maxConcurrent: 0 }));
    const ended: unknown = await world.t.mutation(callers.generate, { id: "g1", request: REQUEST });
    expect(ended).toMatchObject({ status: "failed", settlement: "released", error: { code: "slot-limit-reached" } });
  });

  test("another user on the next call: neither sees what the other has", async () => {
    const world = await openWorld();
    chooseAuth(() => "alice");
    await world.t.mutation(callers.generate, { id: "g1", request: REQUEST });
    chooseAuth(() => ({ userId: "bob" }));
    expect(await world.t.query(callers.get, { id: "g1" })).toBeNull();
    expect(await world.t.query(callers.list, {})).toEqual([]);
    expect(await world.t.query(callers.events, { after: 0 })).toEqual({ last: 0, events: [] });
    await expect(world.t.mutation(callers.cancel, { id: "g1" })).rejects.toMatchObject(code("not-found"));
    expect(await world.as("alice").query(video.get, { id: "g1" })).toMatchObject({ isCanceling: false });
  });
});

const LONG = "x".repeat(900_000);

describe("a client that says", () => {
  test.each([
    ["a request that is a text", { request: "a corgi" }, "unknown-model"],
    ["a request that is a list", { request: [REQUEST] }, "unknown-model"],
    ["a request that is a number", { request: Number.NaN }, "unknown-model"],
    ["a model that every object has", { request: { ...REQUEST, model: "constructor" } }, "unknown-model"],
    ["a prompt of 900 kB", { request: { ...REQUEST, prompt: LONG } }, "invalid-request"],
    ["a field that there is none of, of 900 kB", { request: { ...REQUEST, more: LONG } }, "invalid-request"],
    ["bytes", { request: { ...REQUEST, prompt: new ArrayBuffer(8) } }, "invalid-request"],
    ["a big integer", { request: { ...REQUEST, duration: 8n } }, "invalid-request"],
    ["no duration that there is", { request: { ...REQUEST, duration: Number.NaN } }, "invalid-request"],
    ["another user's id", { request: { ...REQUEST, userId: "bob" } }, "invalid-request"],
    ["a session of 900 kB", { sessionId: LONG }, "invalid-request"],
    ["an id of 900 kB", { id: LONG }, "invalid-request"],
    ["an id in letters that look alike", { id: "g\u0456" }, "invalid-request"],
    ["an id with a line's end", { id: "g1\n" }, "invalid-request"],
    ["a price that is no number", { credits: Number.NaN }, "price-changed"],
    ["a price of nothing", { credits: -0 }, "price-changed"],
  ] as const)("%s is refused in a few words, and nothing is kept", async (_, change, expected) => {
    const world = await openWorld();
    const start = world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST, ...change });
    const refused: unknown = await start.catch((error: unknown) => error);
    expect(refused).toMatchObject(code(expected));
    expect(JSON.stringify((refused as { data: unknown }).data).length).toBeLessThan(2_000);
    expect(await rowsOf(world.t, "generations")).toEqual([]);
    expect(await world.ledger.read("alice")).toEqual({ balance: 500, held: 0, available: 500 });
  });

  test("an id that is none, to cancel or to see: there is none, or it is refused in a few words", async () => {
    const world = await openWorld();
    for (const id of [LONG, "", "a/b"]) {
      const refused: unknown = await world
        .as("alice")
        .mutation(video.cancel, { id })
        .catch((error: unknown) => error);
      expect(refused).toMatchObject(code("invalid-request"));
      expect(JSON.stringify((refused as { data: unknown }).data).length).toBeLessThan(500);
      expect(await world.as("alice").query(video.get, { id })).toBeNull();
    }
  });

  test.each([-1, -Infinity, Number.NaN])("a list of %s is refused", async (limit) => {
    const world = await openWorld();
    await expect(world.as("alice").query(video.list, { limit })).rejects.toMatchObject(code("invalid-request"));
  });

  test.each([-1, -0, 0.5, 1e308, Infinity, Number.NaN])("events after %s: those after it, or none", async (after) => {
    const world = await openWorld();
    await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
    const { events } = await world.as("alice").query(video.events, { after });
    expect(events.every(({ number }) => number > after)).toBe(true);
  });

  test.each([0, -0, 0.5, 1e308, Infinity])("a list of %s is one of at most 200", async (limit) => {
    const world = await openWorld();
    expect(await world.as("alice").query(video.list, { limit })).toEqual([]);
  });
});
