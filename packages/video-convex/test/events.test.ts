// What the clients' `onEvent` is told: every step of the machine, numbered, without what a log may not keep, and no more than the last.
import type { GenerationReport } from "@video-engine/video-sdk/adapters";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import schema from "./books-app/schema.ts";
import { chooseAppFault } from "./support/app-faults.ts";
import { rowsOf } from "./support/component-tables.ts";
import { createOwnWorld, REQUEST, video, type OwnWorld } from "./support/own-world.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  chooseAppFault(undefined);
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function eventsOf(world: OwnWorld, userId = "alice", after = 0) {
  const { events } = await world.as(userId).query(video.events, { after });
  return events.map(({ event }) => JSON.parse(event) as GenerationReport);
}

test("every step of a generation is told, in its order, with the phase that it led to", async () => {
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  expect(await world.as("alice").query(video.events, {})).toEqual({ last: 0, events: [] });
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  await world.untilEnded("alice", "g1");
  const events = await eventsOf(world);
  expect(events.map(({ type, phase }) => `${type}: ${phase}`)).toEqual([
    "slot-acquired: reserving-credits",
    "credits-reserved: creating-session",
    "session-created: recording",
    "row-recorded: submitting",
    "job-accepted: polling",
    "job-attached: polling",
    "wait-elapsed: polling",
    "job-finished: saving",
    "step-settled: settling",
    "step-settled: settling",
    "step-settled: completed",
  ]);
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index + 1));
  expect(events.at(-1)).toMatchObject({ id: "g1", settlement: "captured", model: REQUEST.model });
  expect(JSON.stringify(events)).not.toContain(REQUEST.prompt);
  expect(await eventsOf(world, "bob")).toEqual([]);
});

test("the last 200 of a user are kept, and a page has 100", async () => {
  const world = createOwnWorld();
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 100_000 });
  for (let n = 0; n < 20; n++) await world.as("alice").mutation(video.generate, { id: `g${n}`, request: REQUEST });
  await world.untilEnded("alice", "g19");
  expect(await rowsOf(world.t, "events")).toHaveLength(200);
  const { last } = await world.as("alice").query(video.events, {});
  expect(last).toBeGreaterThanOrEqual(220);
  expect(await eventsOf(world)).toHaveLength(100);
  expect(await eventsOf(world, "alice", last - 5)).toHaveLength(5);
});

test("a function of the app that throws is told as backend-refused, with its words and without the prompt", async () => {
  const world = createOwnWorld([], { schema, modules: import.meta.glob("./books-app/**/*.ts") });
  await world.t.run(async ({ db }) => void (await db.insert("users", { userId: "alice", credits: 500, reserved: 0 })));
  chooseAppFault({ name: "captureReservedCredits", nth: 1, how: "throws" });
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  await world.untilEnded("alice", "g1");
  const refused = (await eventsOf(world)).filter(({ type }) => (type as string) === "backend-refused");
  expect(refused).toEqual([
    {
      type: "backend-refused",
      id: "g1",
      call: "captureCredits",
      message: expect.stringContaining("captureReservedCredits has failed") as unknown,
    },
  ]);
});
