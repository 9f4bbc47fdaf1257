// Two instances of the app over one Redis: one is killed, and Redis dies and comes back. Every point of a submit, with Next itself, is in
// every-point.nightly.ts.
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { askLog, canStartRedis, type LogLine } from "@video-engine/test-servers";
import { killDuringSubmit } from "./killed-submit.ts";
import { openWorld, REQUEST, USER, type World } from "./open-world.ts";

/** What an instance has logged, as the log store has it. */
const linesOf = (printed: string): readonly LogLine[] =>
  printed.split("\n").flatMap((line) => (line.startsWith('{"type":') ? { source: "server" as const, e: line } : []));

const BALANCED = { credits: { reserved: 0 }, openSlots: 0 };

describe.skipIf(!canStartRedis())("two instances (needs redis-server on the PATH)", () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld("node");
  });
  afterAll(async () => await world.close());

  test("make one job of 20 submits under one key", async () => {
    const { balancer, first, second, sandbox, reserve } = world;
    balancer.use([first.url, second.url]);
    const key = randomUUID();
    const giveBack = await reserve(key);
    const before = sandbox.fal.jobs.length;
    const answers = await Promise.all(Array.from({ length: 20 }, async () => await world.submit(balancer.url, key)));
    expect(sandbox.fal.jobs.length - before).toBe(1);
    for (const { status } of answers) expect([200, 409, 429]).toContain(status);
    await giveBack();
    balancer.use([first.url, second.url], true);
  });

  test("of which one is killed once the answer is kept: the other gives the same job", async () => {
    const result = await killDuringSubmit(world, { gate: "redis", index: 3, side: "answer lost" });
    expect(result).toMatchObject({ wasKilled: true, status: "completed", settlement: "captured", jobs: 1 });
    expect(result.books).toMatchObject(BALANCED);
  });

  test("of which one is killed while the paid call is out: the other makes no second job, and says when to ask", async () => {
    const { wire, first, second, sandbox, reserve } = world;
    await world.forgetCounts();
    const key = randomUUID();
    const giveBack = await reserve(key);
    const before = sandbox.fal.jobs.length;
    let killed: Promise<void> | undefined;
    wire.arm({ gate: "provider", index: 0, side: "answer lost" }, () => {
      killed = first.end("SIGKILL");
    });
    await expect(world.submit(first.url, key)).rejects.toThrow("fetch failed");
    await killed;
    const again = await world.submit(second.url, key);
    expect([again.status, again.headers.get("retry-after")]).toEqual([409, "5"]);
    expect(await again.json()).toMatchObject({ error: { code: "already-running", retryable: true } });
    const log = [...linesOf(first.log()), ...linesOf(second.log())];
    // One row tells it: begun, with whose key and at what price, and never answered.
    expect(askLog(log, "Which paid calls have no end?").filter((row) => row["key"] === key)).toMatchObject([
      { key, user: USER, provider: "fal", told: "already-running" },
    ]);
    expect(sandbox.fal.jobs.length - before).toBe(1);
    wire.arm(undefined, () => undefined);
    await first.restart();
    await giveBack();
  });

  test("whose Redis dies refuse at once what they cannot promise, and go on when it is back", async () => {
    const { redis, first, second, sandbox, engine } = world;
    await world.forgetCounts();
    const before = sandbox.fal.jobs.length;
    await redis.kill();
    const answers = await Promise.all([first, second].map(async ({ url }) => await world.submit(url)));
    for (const answer of answers) {
      expect(answer.status).toBe(503);
      expect(await answer.json()).toMatchObject({ error: { code: "provider-unavailable", retryable: true } });
    }
    for (const { log } of [first, second]) expect(log()).toContain('"type":"store-failed"');
    expect(sandbox.fal.jobs.length).toBe(before);
    await redis.restart();
    await vi.waitFor(async () => expect((await world.submit(second.url)).status).toBe(402));
    await world.forgetCounts();
    const outcome = await engine.generate(REQUEST).outcome;
    expect(outcome).toMatchObject({ status: "completed", settlement: "captured" });
    expect(await world.books()).toMatchObject(BALANCED);
    expect(sandbox.fal.jobs.length - before).toBe(1);
  });
});
