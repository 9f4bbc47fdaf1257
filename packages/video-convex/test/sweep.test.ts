// What the cron mends: timers that the scheduler lost, holds whose time is over, generations whose settlement was given up, and those to forget.
import type { GenericId } from "convex/values";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { assertBooks } from "./support/assert-books.ts";
import { inComponent, rowsOf } from "./support/component-tables.ts";
import { createOwnWorld, REQUEST, sweep, video, type OwnWorld } from "./support/own-world.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function openWorld(): Promise<OwnWorld> {
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  return world;
}

/** Cancels every scheduled function, as if each had thrown. */
async function loseTimers(t: OwnWorld["t"]): Promise<void> {
  await inComponent(t, async ({ db, scheduler }) => {
    for (const { _id, state } of await db.system.query("_scheduled_functions").collect()) {
      if (state.kind === "pending") await scheduler.cancel(_id);
    }
  });
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

test.each([0, 1, 2, 3, 4])(
  "all that was scheduled is lost after %i steps: the sweep goes on, and the books are exact",
  async (steps) => {
    const world = await openWorld();
    await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
    for (let step = 0; step < steps; step++) await world.step();
    await loseTimers(world.t);
    for (let round = 0; round < 10; round++) {
      vi.setSystemTime(Date.now() + 15 * MINUTE);
      await sweep(world.t);
      for (let step = 0; step < 8; step++) await world.step();
    }
    const ended = await world.untilEnded("alice", "g1");
    expect(ended.status).toBe("completed");
    expect(world.fal.jobs).toHaveLength(1);
    await assertBooks(world, "alice", [ended]);
  },
);

test("a sweep that finds nothing late changes nothing", async () => {
  const world = await openWorld();
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  const before = await rowsOf(world.t, "generations");
  await sweep(world.t);
  await world.t.finishInProgressScheduledFunctions();
  expect(await rowsOf(world.t, "generations")).toEqual(before);
});

test("a hold whose time is over is given back, and then neither captured nor held", async () => {
  const { t, ledger } = await openWorld();
  await ledger.reserve({ userId: "alice", key: "draft", amount: 100, expiresInMs: 10 * MINUTE });
  await ledger.reserve({ userId: "alice", key: "stays", amount: 50 });
  vi.setSystemTime(Date.now() + 10 * MINUTE);
  const late = ledger.capture({ userId: "alice", key: "draft", amount: 100 });
  await expect(late, "before the sweep").rejects.toMatchObject({ data: { code: "settlement-failed" } });
  await sweep(t);
  await sweep(t);
  expect(await ledger.read("alice")).toEqual({ balance: 500, held: 50, available: 450 });
  expect(await ledger.history("alice", 1)).toMatchObject([{ type: "expire", key: "draft", amount: 100 }]);
  await ledger.release({ userId: "alice", key: "draft" });
  expect(await ledger.read("alice")).toEqual({ balance: 500, held: 50, available: 450 });
});

test("what has ended is forgotten after a month, and its history stays", async () => {
  const world = await openWorld();
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  const { credits } = await world.untilEnded("alice", "g1");
  vi.setSystemTime(Date.now() + 29 * DAY);
  await sweepAll(world);
  expect(await rowsOf(world.t, "generations")).toHaveLength(1);
  vi.setSystemTime(Date.now() + 2 * DAY);
  await sweepAll(world);
  expect(await rowsOf(world.t, "generations")).toEqual([]);
  expect(await world.as("alice").query(video.get, { id: "g1" })).toBeNull();
  expect(await world.ledger.history("alice", 1)).toMatchObject([{ type: "capture", amount: credits }]);
});

test("a hundred and twenty that are due at once, and as many holds, are all seen to after one sweep: none waits for the next", async () => {
  const world = await openWorld();
  await world.as("alice").mutation(video.generate, { id: "g0", request: REQUEST });
  const { credits } = await world.untilEnded("alice", "g0");
  await inComponent(world.t, async ({ db }) => {
    const [{ _id, _creationTime, ...row } = { _id: "", _creationTime: 0 }] = await db.query("generations").collect();
    for (let copy = 1; copy < 120; copy++) await db.insert("generations", { ...row, key: `g${copy}` });
  });
  for (let draft = 0; draft < 120; draft++)
    await world.ledger.reserve({ userId: "alice", key: `draft-${draft}`, amount: 1, expiresInMs: MINUTE });
  vi.setSystemTime(Date.now() + 31 * DAY);
  await sweep(world.t);
  for (let steps = 0; steps < 8; steps++) await world.step();
  expect(await rowsOf(world.t, "generations")).toEqual([]);
  expect(await world.ledger.read("alice")).toEqual({ balance: 500 - credits, held: 0, available: 500 - credits });
});

test("a record of a release that was taken back is left as it is, and does not keep the others from being mended", async () => {
  const world = await openWorld();
  for (const id of ["newer", "g1"]) await world.as("alice").mutation(video.generate, { id, request: REQUEST });
  await inComponent(world.t, async ({ db }) => {
    const [row] = await db.query("generations").collect();
    await db.patch("generations", row?.["_id"] as GenericId<"generations">, { record: '{"v":99,"state":{}}' });
  });
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await loseTimers(world.t);
  vi.setSystemTime(Date.now() + 15 * MINUTE);
  await sweep(world.t);
  for (let step = 0; step < 20; step++) await world.step();
  const shown = await world.as("alice").query(video.list, {});
  expect(shown.map(({ id, status }) => [id, status])).toEqual([["g1", "completed"]]);
  vi.restoreAllMocks();
});

async function sweepAll({ t, step }: OwnWorld): Promise<void> {
  await sweep(t);
  for (let steps = 0; steps < 3; steps++) await step();
}
