// Faults that a hostile reader has shown, each by a test that failed: hand-over, adoption, locks and listeners.
import { expect, test } from "vitest";
import { createDevice } from "./__fixtures__/mortal-device.ts";
import { createBrowser } from "./__fixtures__/browser-tabs.ts";
import { composeEngine } from "../compose-engine.ts";
import { createConvexLedger } from "../convex/create-convex-ledger.ts";
import { videoErrorData } from "../errors.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import type { Lifecycle, PauseReason } from "../platform-ports.ts";
import { doubtLifecycle } from "./doubted-lifecycle.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const SECOND = 1_000;
const MINUTE = 60_000;

test("aborting the signal of a generation that was handed over cancels it, as cancel() does", async () => {
  const { openTab, clock, api } = createBrowser({ jobMs: 10 * MINUTE });
  const [first, second] = [await openTab(), await openTab()];
  const controller = new AbortController();
  const begun = first.engine.generate(REQUEST, { signal: controller.signal });
  await clock.advance(40_000);
  await first.hide();
  await clock.advance(MINUTE);
  await first.hide(false);
  controller.abort();
  await clock.advance(20 * MINUTE);
  expect([second.engine.list()[0]?.status, begun.getSnapshot().status, api.calls.cancel]).toEqual([
    "canceled",
    "canceled",
    1,
  ]);
});

test("the same, where the tab takes it back by itself", async () => {
  const { openTab, clock, api } = createBrowser({ jobMs: 10 * MINUTE });
  const [first, second] = [await openTab(), await openTab()];
  const controller = new AbortController();
  const begun = first.engine.generate(REQUEST, { signal: controller.signal });
  await clock.advance(40_000);
  second.engine.dispose();
  await first.hide();
  await clock.advance(MINUTE);
  await first.hide(false);
  controller.abort();
  await clock.advance(20 * MINUTE);
  expect([begun.getSnapshot().status, api.calls.cancel]).toEqual(["canceled", 1]);
});

test("reconcile() settles after dispose(), and gives its locks back", async () => {
  const locks = createLocalLocks();
  const storage = createMemoryStorage();
  const world = createTestEngine({
    guarantee: "reconciled",
    persistence: { storage, locks, user: "ada", onUnreadable: () => undefined },
  });
  world.ledger.failNext("captureCredits", "request-lost");
  const { id } = world.engine.generate(REQUEST);
  await world.clock.advance(300 * SECOND);
  await world.engine.reconcile();
  await world.clock.advance(180 * SECOND);
  world.ledger.failNext("captureCredits", "hang");
  let isSettled = false;
  void world.engine.reconcile().finally(() => (isSettled = true));
  await world.clock.advance(60 * SECOND);
  world.engine.dispose();
  await world.clock.advance(60 * SECOND);
  expect([isSettled, (await locks.tryLock(id, () => undefined)) !== undefined]).toEqual([true, true]);
});

test("a deleted row of a generation that another device has adopted is recorded anew once, not by each device", async () => {
  const clock = createTestClock();
  const ledger = createFakeLedger({ guarantee: "exactly-once" });
  const api = createFakeVideoApi({ clock });
  const device = (name: string) => {
    let ids = 0;
    return composeEngine({
      api,
      ledger,
      platform: { clock, random: () => 0.5, createId: () => `${name}-${++ids}` },
      polling: () => ({ waitMs: 10_000, isSlow: false, isOverdue: false }),
      persistence: {
        storage: createMemoryStorage(),
        locks: createLocalLocks(),
        user: "ada",
        onUnreadable: () => undefined,
      },
      uploader: undefined as never,
    });
  };
  const [phone, laptop] = [device("phone"), device("laptop")];
  phone.generate(REQUEST);
  await clock.advance(20 * SECOND);
  void laptop.resume({ adopt: true });
  await clock.advance(20 * SECOND);
  expect(laptop.list()).toHaveLength(1);
  ledger.deleteRow("row-1");
  await clock.advance(600 * SECOND);
  expect(ledger.books.rows).toHaveLength(1);
});

test("result waits for the books for 15 seconds at most once the video is saved, also where the slot closes late", async () => {
  const clock = createTestClock();
  const ledger = createFakeLedger();
  const { closeSlot } = ledger;
  let savedAt = 0;
  Object.assign(ledger, {
    closeSlot: async (input: Parameters<typeof closeSlot>[0]) => {
      savedAt = clock.now();
      await new Promise<void>((resolve) => void clock.setTimeout(resolve, 14 * SECOND));
      return closeSlot(input);
    },
  });
  const engine = composeEngine({
    api: createFakeVideoApi({ clock }),
    ledger,
    platform: { clock, random: () => 0.5, createId: () => "g1" },
    polling: () => ({ waitMs: 10_000, isSlow: false, isOverdue: false }),
    uploader: undefined as never,
  });
  ledger.failNext("captureCredits", "hang");
  const generation = engine.generate(REQUEST);
  let at = 0;
  void generation.result.then(() => (at = clock.now()));
  await clock.advance(300 * SECOND);
  expect(savedAt).toBeGreaterThan(0);
  expect(Math.round((at - savedAt) / SECOND)).toBeLessThanOrEqual(16);
});

test("locks that do not answer are shown as a wait after 15 seconds", async () => {
  const locks = { tryLock: () => new Promise<never>(() => undefined) };
  const { engine, clock } = createTestEngine({
    persistence: { storage: createMemoryStorage(), locks, user: "ada", onUnreadable: () => undefined },
  });
  const generation = engine.generate(REQUEST);
  await clock.advance(20 * SECOND);
  expect(generation.getSnapshot()).toMatchObject({ status: "running", isPaused: true });
});

test("a told price is quoted also where a setting is given as undefined", async () => {
  const world = createTestEngine();
  const error = videoErrorData("price-changed", { details: { told: 208, credits: 300 } });
  Object.assign(world.api, { submit: () => Promise.resolve({ ok: false, certainty: "not-done", error }) });
  const generation = world.engine.generate(REQUEST);
  await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
  const odd = { ...REQUEST, hasAudio: undefined, resolution: undefined, fastMode: undefined } as never;
  expect(world.engine.quote(odd).credits).toBe(300);
});

test("an empty answer of the session, as of a user who is signed out, does not prove that the row is deleted", async () => {
  const clock = createTestClock();
  const ledger = createConvexLedger({
    clock,
    client: {
      mutation: () => Promise.reject(new Error("[Request ID: 1] Server Error")),
      query: () => Promise.resolve([]),
    } as never,
  } as never);
  const change = { kind: "finished", videos: ["https://a.test/v.mp4"], completedAt: 1 } as never;
  const answer = await ledger.updateRow({ rowId: "row-1", sessionId: "s1", change });
  expect(answer.ok === false && answer.error.code).not.toBe("not-found");
});

test("an answer to a request of an earlier offline spell does not overrule a later one", async () => {
  let pause: PauseReason | undefined = "offline";
  const listeners = new Set<() => void>();
  const given: Lifecycle = {
    getPause: () => pause,
    subscribe: (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
  };
  const set = (next: PauseReason | undefined) => {
    pause = next;
    for (const listener of [...listeners]) listener();
  };
  const lifecycle = doubtLifecycle(given, {});
  lifecycle.subscribe(() => undefined);
  let answerIt: (answer: never) => void = () => undefined;
  const perform = lifecycle.watch(() => new Promise<never>((resolve) => (answerIt = resolve)));
  const answered = perform({ type: "check-status" } as never, {} as never);
  set(undefined);
  set("offline");
  answerIt({ type: "job-pending", attempt: 1 } as never);
  await answered;
  expect(lifecycle.getPause()).toBe("offline");
});

test("result does not say completed before the video is saved", async () => {
  const { engine, clock, ledger } = createTestEngine({ guarantee: "exactly-once" });
  const generation = engine.generate(REQUEST);
  await clock.advance(40 * SECOND);
  ledger.deleteRow("row-1");
  ledger.failNext("recordRow", "hang");
  let value: unknown;
  void generation.result.then((result) => (value = result));
  await clock.advance(300 * SECOND);
  expect(value === undefined || (value as { rowId?: string }).rowId !== undefined).toBe(true);
});

test("an asynchronous listener of events that rejects is no unhandled rejection", async () => {
  const clock = createTestClock();
  const engine = composeEngine({
    api: createFakeVideoApi({ clock }),
    ledger: createFakeLedger(),
    platform: { clock, random: () => 0.5, createId: () => "g1" },
    polling: () => ({ waitMs: 10_000, isSlow: false, isOverdue: false }),
    uploader: undefined as never,
    onEvent: (): unknown => Promise.reject(new Error("log is full")),
  });
  const generation = engine.generate(REQUEST);
  generation.on((): unknown => Promise.reject(new Error("log is full")));
  await clock.advance(300 * SECOND);
  // A rejection that nothing hears would fail the run.
  expect(await generation.outcome).toMatchObject({ status: "completed" });
});

test("a row that was recorded anew, whose answers were lost, is asked for again by a later start with the same arguments", async () => {
  const device = createDevice({ guarantee: "exactly-once" });
  const first = device.open();
  first.generate(REQUEST);
  await device.clock.advance(40_000);
  device.ledger.deleteRow("row-1");
  for (let times = 0; times < 8; times++) device.ledger.failNext("recordRow", "answer-lost");
  await device.clock.advance(900_000);
  expect(first.unresolved()).toHaveLength(1);
  first.dispose();
  await device.clock.flush();
  const again = device.open();
  await device.resume(again);
  await device.clock.advance(900_000);
  const { mismatchedRepeats, captured } = device.ledger.books;
  expect({ mismatchedRepeats, captured, open: again.unresolved().length }).toEqual({
    mismatchedRepeats: 0,
    captured: 208,
    open: 0,
  });
});

test("the same, in the same process", async () => {
  const device = createDevice({ guarantee: "exactly-once" });
  const engine = device.open();
  engine.generate(REQUEST);
  await device.clock.advance(40_000);
  device.ledger.deleteRow("row-1");
  for (let times = 0; times < 8; times++) device.ledger.failNext("recordRow", "answer-lost");
  await device.clock.advance(900_000);
  await device.resume(engine);
  await device.clock.advance(900_000);
  const { mismatchedRepeats, captured } = device.ledger.books;
  expect({ mismatchedRepeats, captured, open: engine.unresolved().length }).toEqual({
    mismatchedRepeats: 0,
    captured: 208,
    open: 0,
  });
});

test("the process dies after the new row is recorded and before its save ends: it is saved under the same key", async () => {
  for (let at = 0; at < 12; at++) {
    const device = createDevice({ guarantee: "exactly-once" });
    device.open().generate(REQUEST);
    await device.clock.advance(40_000);
    device.ledger.deleteRow("row-1");
    device.faults.set(device.trace.length + at, "dies-after");
    await device.clock.advance(600_000);
    for (let restart = 0; restart < 2; restart++) {
      for (let times = 0; times < (restart === 0 ? 9 : 0); times++) device.ledger.failNext("updateRow", "request-lost");
      const again = device.open();
      await device.resume(again);
      await device.clock.advance(900_000);
      again.dispose();
      await device.clock.flush();
    }
    for (let times = 0; times < 3; times++) {
      const last = device.open();
      await device.resume(last);
      await device.clock.advance(900_000);
      last.dispose();
      await device.clock.flush();
    }
    const { mismatchedRepeats, captured } = device.ledger.books;
    expect({ at, mismatchedRepeats, captured }).toEqual({ at, mismatchedRepeats: 0, captured: 208 });
  }
});

test("a told price is quoted also after it was refused to a generation that was resumed from its record", async () => {
  const device = createDevice({ guarantee: "exactly-once" });
  const first = device.open();
  device.api.failNext("submit", { refused: "rate-limited", retryAfterMs: 30_000 });
  first.generate({ ...REQUEST, hasAudio: undefined } as never);
  await device.clock.advance(5_000);
  first.dispose();
  await device.clock.flush();
  const error = videoErrorData("price-changed", { details: { told: 208, credits: 300 } });
  Object.assign(device.api, { submit: () => Promise.resolve({ ok: false, certainty: "not-done", error }) });
  const again = device.open();
  await device.resume(again);
  await device.clock.advance(120_000);
  expect(again.list()[0]).toMatchObject({ status: "failed", error: { code: "price-changed" } });
  expect(again.quote(REQUEST).credits).toBe(300);
});

test.each([
  ["control: 15", 15],
  ["45", 45],
])(
  "a start that was refused, because the storage took %s seconds for its record, is not made and charged by the next start of the app",
  async (_, seconds) => {
    const clock = createTestClock();
    const memory = createMemoryStorage();
    const [ledger, api] = [
      createFakeLedger({ guarantee: "exactly-once" }),
      createFakeVideoApi({ clock, isSubmitRepeatable: true }),
    ];
    let isSlow = true;
    const storage = {
      ...memory,
      setItem(key: string, text: string) {
        if (!isSlow || !key.includes(":record:")) return memory.setItem(key, text);
        isSlow = false;
        return new Promise<void>(
          (resolve) => void clock.setTimeout(() => resolve(memory.setItem(key, text)), seconds * SECOND),
        );
      },
    };
    const open = (prefix: string) => {
      let ids = 0;
      return composeEngine({
        api,
        ledger,
        platform: { clock, random: () => 0.5, createId: () => `${prefix}-${++ids}` },
        polling: () => ({ waitMs: 10_000, isSlow: false, isOverdue: false }),
        persistence: { storage: { ...storage }, locks: createLocalLocks(), user: "ada", onUnreadable: () => undefined },
        uploader: undefined as never,
      });
    };
    const first = open("a");
    const generation = first.generate(REQUEST);
    await clock.advance(240 * SECOND);
    expect(generation.getSnapshot()).toMatchObject({
      status: "failed",
      settlement: "none",
      error: { code: "storage-failed" },
    });
    first.dispose();
    await clock.flush();
    const again = open("b");
    void again.resume();
    await clock.advance(600 * SECOND);
    expect([api.jobs.length, ledger.books.captured]).toEqual([0, 0]);
  },
);
