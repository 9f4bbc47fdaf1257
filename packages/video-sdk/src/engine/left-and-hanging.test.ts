// Faults that a review found: a disposed engine, a storage that hangs, locks that throw, a clock that is set back. Each failed once.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createHttpVideoApi } from "../http/create-http-video-api.ts";
import { json, scriptFetch } from "../http/__fixtures__/script-fetch.ts";
import type { HttpResponse, KyLike } from "../http/fetch-request.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import type { GenerationLocks, KeyValueStorage } from "../platform-ports.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import { createDevice, LIST, RECORD, REQUEST } from "./__fixtures__/mortal-device.ts";
import { createEngine } from "./create-engine.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const YEAR = 365 * 24 * HOUR;

function open({
  storage,
  locks,
  ledger = createFakeLedger(),
  jobMs = 90_000,
}: {
  storage?: KeyValueStorage;
  locks?: GenerationLocks;
  ledger?: ReturnType<typeof createFakeLedger>;
  jobMs?: number;
} = {}) {
  const clock = createTestClock();
  const api = createFakeVideoApi({ clock, jobMs });
  let ids = 0;
  const engine = createEngine({
    ledger,
    api,
    polling: defaultPollingPolicy,
    platform: { clock, random: () => 0.5, createId: () => `generation-${++ids}` },
    persistence:
      storage || locks
        ? {
            storage: storage ?? createMemoryStorage(),
            locks: locks ?? { tryLock: () => Promise.resolve(() => undefined) },
            user: "user",
            onUnreadable: () => undefined,
          }
        : undefined,
  });
  return { clock, api, ledger, engine };
}

describe("the clock", () => {
  test("set back by a year: a job that never ends is still given up within a day", async () => {
    const device = createDevice({ prepare: ({ api }) => api.playNext("never") });
    const engine = device.open();
    engine.generate(REQUEST);
    await device.clock.advance(35_000);
    device.setClock(-YEAR);
    await device.clock.advance(24 * HOUR);
    expect(engine.list()[0]).toMatchObject({ status: "failed", error: { code: "timed-out" } });
  });
});

describe("after dispose()", () => {
  test("a slot that waits its turn is not asked for", async () => {
    const ledger = createFakeLedger();
    const answers: (() => void)[] = [];
    const acquire = ledger.acquireSlot;
    ledger.acquireSlot = (input) => new Promise((resolve) => answers.push(() => resolve(acquire(input))));
    const { clock, engine } = open({ ledger });
    for (let taps = 0; taps < 6; taps += 1) engine.generate(REQUEST);
    await clock.flush();
    engine.dispose();
    for (const answer of answers) answer();
    await clock.flush();
    expect(answers).toHaveLength(4);
  });
  test("a reconcile() under way moves no credits", async () => {
    const ledger = createFakeLedger({ guarantee: "reconciled" });
    ledger.failNext("captureCredits", "request-lost");
    let answer = (): void => undefined;
    ledger.readReserved = () =>
      new Promise((resolve) => (answer = () => resolve({ ok: true, value: ledger.books.reserved })));
    const { clock, engine } = open({ ledger, storage: createMemoryStorage() });
    engine.generate(REQUEST);
    await clock.advanceUntil(() => engine.list()[0]?.status === "completed");
    await engine.reconcile();
    await clock.advance(2 * MINUTE);
    void engine.reconcile();
    await clock.flush();
    engine.dispose();
    const before = ledger.calls.length;
    answer();
    await clock.advance(MINUTE);
    expect(ledger.calls.slice(before)).toEqual([]);
  });
  test("a paid submit that waits for its token is not sent", async () => {
    const clock = createTestClock();
    let come: (token: string) => void = () => undefined;
    const scripted = scriptFetch(json({ queued: true, requestId: "job-1" }));
    const getToken = () => new Promise<string>((resolve) => (come = resolve));
    const api = createHttpVideoApi({ clock, http: { baseUrl: "https://app.test", fetch: scripted.fetch, getToken } });
    const engine = createEngine({
      api,
      ledger: createFakeLedger(),
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => "g" },
    });
    engine.generate(REQUEST);
    await clock.flush();
    engine.dispose();
    await clock.flush();
    expect.soft(clock.pending).toBe(0);
    come("token");
    await clock.flush();
    expect(scripted.requests).toHaveLength(0);
  });
});

describe("a generation that has ended", () => {
  test("has no question open: a held one is aborted, and its timer is gone", async () => {
    const clock = createTestClock();
    const signals: AbortSignal[] = [];
    const http: KyLike = (url, { signal }) => {
      signals.push(signal);
      if (url.includes("status")) return new Promise(() => undefined);
      const body = url.includes("cancel")
        ? { canceled: "removed" }
        : { queued: true, requestId: "job-1", canWait: true };
      const response: HttpResponse = {
        status: 200,
        headers: { get: () => null },
        text: () => Promise.resolve(JSON.stringify(body)),
      };
      return Promise.resolve(response);
    };
    const api = createHttpVideoApi({ clock, http, routes: { cancel: "cancel" } });
    const engine = createEngine({
      api,
      ledger: createFakeLedger(),
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => "g" },
    });
    const generation = engine.generate(REQUEST);
    await clock.advanceUntil(() => signals.length === 2);
    void generation.cancel();
    await clock.flush();
    expect(generation.getSnapshot().status).toBe("canceled");
    expect.soft(signals[1]?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });
  test("reports nothing more when a late answer comes", async () => {
    const world = createTestEngine();
    let answer = (): void => undefined;
    world.api.status = () =>
      new Promise((resolve) => (answer = () => resolve({ ok: true, value: { kind: "pending" } })));
    const generation = world.engine.generate(REQUEST);
    await world.clock.advance(40_000);
    void generation.cancel();
    await world.clock.flush();
    expect(generation.getSnapshot().status).toBe("canceled");
    const before = world.events.length;
    answer();
    await world.clock.flush();
    expect(world.events.slice(before)).toEqual([]);
  });
  test("reports nothing more when it is canceled", async () => {
    const world = createTestEngine();
    const generation = world.engine.generate(REQUEST);
    await world.clock.advanceUntil(() => generation.getSnapshot().status === "completed");
    const before = world.events.length;
    void generation.cancel();
    await world.clock.flush();
    expect(world.events.slice(before)).toEqual([]);
  });
});

describe("locks whose release throws", () => {
  const locks = {
    tryLock: () =>
      Promise.resolve(() => {
        throw new Error("The lock is gone.");
      }),
  };
  test("are no unhandled rejection", async () => {
    const unhandled: unknown[] = [];
    const hear = (reason: unknown) => void unhandled.push(reason);
    process.on("unhandledRejection", hear);
    const { clock, engine } = open({ locks });
    const generation = engine.generate(REQUEST);
    await clock.advanceUntil(() => generation.getSnapshot().status === "completed");
    await clock.flush();
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", hear);
    expect(unhandled).toEqual([]);
  });
  test("do not keep the other records from being resumed", async () => {
    const storage = createMemoryStorage();
    await storage.setItem(LIST, "g1,g2");
    await storage.setItem(RECORD("g1"), "torn");
    const { engine } = open({ locks, storage });
    await expect(engine.resume()).resolves.toEqual([]);
  });
});

test("the second tap with one clientKey gets the handle that runs, also when the first was detached and resumed", async () => {
  const device = createDevice();
  const engine = device.open();
  const first = engine.generate(REQUEST, { clientKey: "tap" });
  await device.clock.advance(20_000);
  first.detach();
  await device.resume(engine);
  expect(engine.get(first.id)).not.toBe(first);
  expect(engine.generate(REQUEST, { clientKey: "tap" }) === engine.get(first.id)).toBe(true);
});

test("reconcile() names only what it has resolved: not a hold of a job that is still watched", async () => {
  const world = createTestEngine({ guarantee: "reconciled" });
  world.api.playNext("never");
  world.api.answerCancelWith("unsupported");
  world.ledger.failNext("releaseCredits", "request-lost");
  world.engine.generate(REQUEST);
  await world.clock.advanceUntil(() => world.engine.list()[0]?.status === "failed");
  await world.engine.reconcile();
  await world.clock.advance(2 * MINUTE);
  const resolved = await world.engine.reconcile();
  const stillOpen = world.engine.unresolved().map(({ id }) => id);
  expect(resolved.filter((id) => stillOpen.includes(id))).toEqual([]);
});

test("an iterator that is returned from while it waits is over at once", async () => {
  const world = createTestEngine();
  const generation = world.engine.generate(REQUEST);
  await world.clock.advance(5_000);
  const iterator = generation[Symbol.asyncIterator]();
  await iterator.next();
  void iterator.next();
  let isOver = false;
  void iterator.return?.().then(() => (isOver = true));
  generation.detach();
  await world.clock.flush();
  expect(isOver).toBe(true);
});

test("a row that gets a late video does not show the error beside it", async () => {
  const world = createTestEngine({ jobMs: 90 * MINUTE });
  world.api.answerCancelWith("unsupported");
  world.engine.generate(REQUEST);
  await world.clock.advance(4 * HOUR);
  expect(world.ledger.books.rows[0]?.videos).toHaveLength(1);
  expect(world.ledger.books.rows[0]?.error).toBeUndefined();
});
