// What the deployment learns of how long jobs take, and what it does with it.
import type { GenerationReport } from "@video-engine/video-sdk/adapters";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { rowsOf } from "./support/component-tables.ts";
import { createOwnWorld, REQUEST, video, type OwnWorld } from "./support/own-world.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What the fake provider takes: a second in its queue, and twenty for the job. */
const JOB_MS = 21_000;

async function openWorld(): Promise<OwnWorld> {
  const world = createOwnWorld();
  for (const userId of ["alice", "bob"]) await world.ledger.grant({ userId, key: "welcome", amount: 100_000 });
  return world;
}

/** How long after its job's end a generation has its video. */
async function lateMs(world: OwnWorld, userId: string, id: string): Promise<number> {
  await world.as(userId).mutation(video.generate, { id, request: REQUEST });
  await world.untilEnded(userId, id);
  const { last } = await world.as(userId).query(video.events, {});
  const { events } = await world.as(userId).query(video.events, { after: Math.max(0, last - 100) });
  const told = events.map(({ event }) => JSON.parse(event) as GenerationReport).filter((event) => event.id === id);
  const atOf = (type: string): number => told.find((event) => event.type === type)?.at ?? Number.NaN;
  return atOf("job-finished") - atOf("job-accepted") - JOB_MS;
}

test("after some jobs of any user the next one is asked about when it has ended, and not by the catalogue's guess", async () => {
  const world = await openWorld();
  const first = await lateMs(world, "alice", "a1");
  for (let n = 2; n <= 8; n++) await lateMs(world, "alice", `a${n}`);
  const later = await lateMs(world, "bob", "b1");
  expect(first).toBeGreaterThan(5_000);
  expect(later).toBeLessThan(first / 2);
  const [durations, ...others] = await rowsOf(world.t, "durations");
  expect(others).toEqual([]);
  expect(durations).toMatchObject({ model: REQUEST.model });
});

test("the last 32 of a model are kept, and then written once a minute at most: every step of its generations reads them", async () => {
  const world = await openWorld();
  for (let round = 0; round < 3; round++) {
    const ids = Array.from({ length: 16 }, (_, index) => `g${round}-${index}`);
    for (const id of ids) await world.as("alice").mutation(video.generate, { id, request: REQUEST });
    for (const id of ids) await world.untilEnded("alice", id);
    vi.setSystemTime(Date.now() + 60_000);
  }
  const [durations] = await rowsOf(world.t, "durations");
  const seen = durations?.["seenMs"] as readonly number[];
  expect(seen).toHaveLength(32);
  expect(seen.every((ms) => ms > 10_000 && ms < 60_000)).toBe(true);
});
