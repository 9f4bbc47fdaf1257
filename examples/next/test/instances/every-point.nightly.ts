// kill -9 of an instance at every call that a submit makes, before it arrives and before its answer is back; Redis that dies and comes back;
// and a shutdown. With the app as `next build` has left it.
import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { killDuringSubmit } from "./killed-submit.ts";
import { openWorld, REQUEST, type World } from "./open-world.ts";
import type { InstanceKind } from "./start-instance.ts";
import type { TripPoint } from "./tripwire.ts";

let world: World;
beforeAll(async () => {
  world = await openWorld((process.env["INSTANCES"] as InstanceKind | undefined) ?? "next");
});
afterAll(async () => await world.close());

const BEFORE_KEY: readonly TripPoint[] = [
  { gate: "redis", index: 0, side: "request lost" },
  { gate: "redis", index: 0, side: "answer lost" },
  { gate: "redis", index: 1, side: "request lost" },
  { gate: "redis", index: 1, side: "answer lost" },
  { gate: "redis", index: 2, side: "request lost" },
];
const UNDER_KEY: readonly (readonly [TripPoint, number])[] = [
  [{ gate: "redis", index: 2, side: "answer lost" }, 0],
  [{ gate: "backend", index: 0, side: "request lost" }, 0],
  [{ gate: "backend", index: 0, side: "answer lost" }, 0],
  [{ gate: "provider", index: 0, side: "request lost" }, 0],
  [{ gate: "provider", index: 0, side: "answer lost" }, 1],
  [{ gate: "redis", index: 3, side: "request lost" }, 1],
];
const ANSWERED: readonly TripPoint[] = [
  { gate: "redis", index: 3, side: "answer lost" },
  { gate: "redis", index: 4, side: "request lost" },
  { gate: "provider", index: 1, side: "answer lost" },
];

const name = ({ gate, index, side }: TripPoint): string => `${gate} ${index}, ${side}`;
const BALANCED = { credits: { reserved: 0 }, openSlots: 0 };

describe("an instance that is killed during a submit, at", () => {
  test("the calls that are named here, which are all that a submit makes", async () => {
    world.wire.arm(undefined, () => undefined);
    expect((await world.submit(world.first.url)).status).toBe(402);
    expect(world.wire.calls()).toEqual(["redis", "redis", "redis", "backend", "redis"]);
  });

  test.each([...BEFORE_KEY, ...ANSWERED].map((point) => [name(point), point] as const))(
    "%s: the other one makes the job, or gives it",
    async (_, point) => {
      const result = await killDuringSubmit(world, point);
      expect(result).toMatchObject({ wasKilled: true, status: "completed", settlement: "captured", jobs: 1 });
      expect(result.books).toMatchObject(BALANCED);
      expect(result.creditsTaken).toBeGreaterThan(0);
    },
  );

  test.each(UNDER_KEY.map(([point, jobs]) => [name(point), point, jobs] as const))(
    "%s: nobody makes a second job, and the user knows within a minute and pays nothing",
    async (_, point, jobs) => {
      const result = await killDuringSubmit(world, point);
      expect(result).toMatchObject({ wasKilled: true, status: "failed", code: "submission-unknown", jobs });
      expect(result).toMatchObject({ settlement: "released", creditsTaken: 0, books: BALANCED });
      expect(result.books.rows.filter(({ isLoading }) => isLoading)).toEqual([]);
      console.log(`${name(point)}: known after ${(result.waitedMs / 1000).toFixed(1)} s`);
    },
  );
});

test("Redis that is gone for two seconds costs a generation nothing but time", async () => {
  const { redis, engine, sandbox } = world;
  await world.forgetCounts();
  const before = sandbox.fal.jobs.length;
  await redis.kill();
  const generation = engine.generate(REQUEST);
  await delay(2000);
  await redis.restart();
  expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "captured" });
  expect(sandbox.fal.jobs.length - before).toBe(1);
  expect(await world.books()).toMatchObject(BALANCED);
});

test("a shutdown answers held questions, and ends the process within 5 s", async () => {
  const { second } = world;
  await world.forgetCounts();
  const key = randomUUID();
  const giveBack = await world.reserve(key);
  const submitted = await world.submit(second.url, key, { prompt: "a corgi [scenario:never-ends]" });
  const { requestId } = (await submitted.json()) as { requestId: string };
  const held = Array.from({ length: 10 }, async () => await (await world.hold(second.url, requestId)).json());
  await delay(2000);
  const startedAt = Date.now();
  await second.end("SIGTERM");
  expect(Date.now() - startedAt).toBeLessThan(5000);
  for (const answer of await Promise.all(held)) expect(answer).toMatchObject({ queued: true });
  await second.restart();
  await giveBack();
});
