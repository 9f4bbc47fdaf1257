// Faults that a hostile reader has shown, each by a test that failed: waits, prices, rows recorded anew, and clocks.
import { describe, expect, test } from "vitest";
import { createDevice } from "./__fixtures__/mortal-device.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import type { KeyValueStorage, Lifecycle, PauseReason } from "../platform-ports.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import { storable } from "../core/storable-answer.ts";
import { videoErrorData } from "../errors.ts";
import { composeEngine } from "../compose-engine.ts";
import { createHttpVideoApi } from "../http/create-http-video-api.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createRoutesWorld, GOOD, KEY } from "../server/__fixtures__/routes-world.ts";
import { createPricing, DEFAULT_PRICE_TABLE, type VideoRequest } from "@video-engine/video-models";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const SECOND = 1_000;
const stored = (storage: KeyValueStorage) => ({
  persistence: { storage, locks: createLocalLocks(), user: "ada", onUnreadable: () => undefined },
});

function lifecycleOf() {
  let pause: PauseReason | undefined;
  const listeners = new Set<() => void>();
  const lifecycle: Lifecycle = {
    getPause: () => pause,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const set = (next: PauseReason | undefined): void => {
    pause = next;
    for (const listener of [...listeners]) listener();
  };
  return { lifecycle, set };
}

test("row recorded anew, its save fails through an outage: after a restart it is saved under the same key, and captured", async () => {
  let isOut = true;
  const device = createDevice({
    guarantee: "exactly-once",
    prepare({ ledger }) {
      const { updateRow } = ledger;
      const lost = { ok: false, certainty: "unknown", error: videoErrorData("unreachable") } as const;
      Object.assign(ledger, {
        updateRow: (input: Parameters<typeof updateRow>[0]) =>
          input.rowId === "row-2" && isOut ? Promise.resolve(lost) : updateRow(input),
      });
    },
  });
  const first = device.open();
  first.generate(REQUEST);
  await device.clock.advance(40_000);
  device.ledger.deleteRow("row-1");
  await device.clock.advance(900_000);
  expect(first.unresolved()).toHaveLength(1);
  first.dispose();
  await device.clock.flush();
  isOut = false;
  const again = device.open();
  await device.resume(again);
  await device.clock.advance(900_000);
  expect({
    m: device.ledger.books.mismatchedRepeats,
    open: again.unresolved().length,
    captured: device.ledger.books.captured,
    rows: device.ledger.books.rows.map(({ id, isLoading }) => [id, isLoading]),
  }).toEqual({ m: 0, open: 0, captured: 208, rows: [["row-2", false]] });
});

test("five not-found answers within a minute, and a clock that steps forward: the job is not given up", async () => {
  const device = createDevice({ jobMs: 200_000 });
  const engine = device.open();
  const generation = engine.generate(REQUEST);
  await device.clock.advance(40_000);
  for (let times = 0; times < 5; times++) device.api.failNext("status", { refused: "not-found" });
  const before = device.api.calls.status;
  await device.clock.advanceUntil(() => device.api.calls.status >= before + 4);
  device.setClock(2 * 3_600_000);
  await device.clock.advance(600_000);
  expect(await generation.outcome).toMatchObject({ status: "completed" });
});

test("a job that hangs, in an app that is opened for ten minutes a day: it is given up some time", async () => {
  const device = createDevice({ guarantee: "exactly-once", prepare: ({ api }) => api.playNext("never") });
  let engine = device.open();
  engine.generate(REQUEST);
  for (let day = 0; day < 30; day++) {
    await device.clock.advance(10 * 60_000);
    engine.dispose();
    await device.clock.advance(24 * 3_600_000);
    engine = device.open();
    await device.resume(engine);
  }
  await device.clock.advance(10 * 60_000);
  expect(device.leftOpen().credits).toBe(0);
});

describe("a storage read that hangs once", () => {
  test("while a job runs does not keep its video from being delivered", async () => {
    const memory = createMemoryStorage();
    let isHanging = false;
    const storage: KeyValueStorage = {
      ...memory,
      getItem(key) {
        if (!isHanging) return memory.getItem(key);
        isHanging = false;
        return new Promise<never>(() => undefined);
      },
    };
    const { engine, clock, ledger } = createTestEngine({ guarantee: "exactly-once", ...stored(storage) });
    const generation = engine.generate(REQUEST);
    await clock.advance(40 * SECOND);
    isHanging = true;
    void engine.resume({ adopt: true }); // as when the app comes to the foreground: reads outside a turn
    await clock.advance(3600 * SECOND);
    expect(isHanging).toBe(false);
    expect(generation.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured" });
    ledger.assertBalanced();
  });
});

test("an offline device is told to be offline, not that the backend is unreachable", async () => {
  const { lifecycle, set } = lifecycleOf();
  const { engine, clock, ledger } = createTestEngine({ lifecycle });
  for (let times = 0; times < 3; times++) ledger.failNext("acquireSlot", { refused: "unreachable" });
  set("offline");
  const generation = engine.generate(REQUEST);
  await clock.advance(5 * SECOND);
  expect(generation.getSnapshot().pauseReason).toBe("offline");
  await clock.advance(15 * SECOND);
  expect(generation.getSnapshot().pauseReason).toBe("offline");
});

test("the address of an unusable result of 16,384 characters is kept for support", () => {
  const url = `https://a.test/${"x".repeat(16_384 - 15)}`;
  const answer = storable({
    type: "job-failed",
    effect: "check-status",
    attempt: 1,
    error: videoErrorData("result-unusable", { details: { reason: "too long", url } }),
  });
  expect(answer.type === "job-failed" && answer.error.details?.["url"] === url).toBe(true);
});

test("a submit that was accepted, repeated under its key after the price changed, is answered with its job", async () => {
  let credits = 208;
  const pricing = {
    ...createPricing(DEFAULT_PRICE_TABLE),
    quoteVideo: (request: VideoRequest) => ({ ...createPricing(DEFAULT_PRICE_TABLE).quoteVideo(request), credits }),
  };
  const { generate, fal } = createRoutesWorld({ pricing });
  const submit = { ...GOOD, idempotencyKey: KEY, credits: 208 };
  const first = await generate(submit);
  expect(first.status).toBe(200);
  credits = 250; // the price table is deployed anew while the first answer is lost on its way
  const second = await generate(submit);
  expect([second.status, second.body.error?.code, fal.jobs.length]).toEqual([200, undefined, 1]);
});

test("a cancel that no route is there for does not prove that the device is online", async () => {
  const clock = createTestClock();
  const ledger = createFakeLedger();
  const { lifecycle, set } = lifecycleOf();
  let isOnline = true;
  let requests = 0;
  const fetch = (url: string) => {
    if (!isOnline) requests++;
    if (!isOnline) return Promise.reject(new TypeError("Failed to fetch"));
    const body = url.includes("generate") ? { queued: true, requestId: "job-1" } : { status: "processing" };
    return Promise.resolve(new Response(JSON.stringify(body)));
  };
  const engine = composeEngine({
    api: createHttpVideoApi({ http: { baseUrl: "https://a.test", getToken: () => "t", fetch: fetch as never }, clock }),
    ledger,
    lifecycle,
    platform: { clock, random: () => 0.5, createId: () => "g1" },
    polling: () => ({ waitMs: 10_000, isSlow: false, isOverdue: false }),
    uploader: undefined as never,
  });
  const generation = engine.generate(REQUEST);
  await clock.advance(15_000);
  expect(generation.getSnapshot()).toMatchObject({ phase: "polling", isPaused: false });
  isOnline = false;
  set("offline");
  await clock.advance(SECOND);
  expect(generation.getSnapshot().pauseReason).toBe("offline");
  void generation.cancel();
  await clock.advance(30 * SECOND);
  expect([generation.getSnapshot().pauseReason, requests]).toEqual(["offline", 0]);
});

test("without the clock's step the job is not given up", async () => {
  const device = createDevice({ jobMs: 200_000 });
  const generation = device.open().generate(REQUEST);
  await device.clock.advance(40_000);
  for (let times = 0; times < 5; times++) device.api.failNext("status", { refused: "not-found" });
  await device.clock.advance(900_000);
  expect(await generation.outcome).toMatchObject({ status: "completed" });
});

test("in one process the hanging job is given up", async () => {
  const device = createDevice({ guarantee: "exactly-once", prepare: ({ api }) => api.playNext("never") });
  device.open().generate(REQUEST);
  await device.clock.advance(3 * 3_600_000);
  expect(device.leftOpen().credits).toBe(0);
});

test.each([
  ["with", true],
  ["control: without", false],
])("the books of another generation are not put in doubt: %s a cancel while offline", async (_, isCanceled) => {
  // At most once: a capture that is sent while the device is offline, and is not answered, leaves the credits in doubt for good.
  const clock = createTestClock();
  const ledger = createFakeLedger();
  const { lifecycle, set } = lifecycleOf();
  let isOnline = true;
  const offline = { ok: false, certainty: "unknown", error: videoErrorData("unreachable") } as const;
  let answersNo = true;
  const { captureCredits, updateRow } = ledger;
  Object.assign(ledger, {
    updateRow: (input: Parameters<typeof updateRow>[0]) => (isOnline ? updateRow(input) : Promise.resolve(offline)),
    captureCredits: (input: Parameters<typeof captureCredits>[0]) => {
      if (!isOnline) return Promise.resolve(offline);
      if (answersNo) return Promise.resolve({ ok: false, certainty: "not-done", error: videoErrorData("unreachable") });
      return captureCredits(input);
    },
    readLoadingRows: () => Promise.resolve(offline),
  });
  let submits = 0;
  const fetch = (url: string) => {
    if (!isOnline) return Promise.reject(new TypeError("Failed to fetch"));
    const submit = { queued: true, requestId: `job-${++submits}` };
    const status =
      url.includes("job-1") && clock.now() > endAt
        ? { success: true, videos: [{ url: "https://a.test/v.mp4" }] }
        : { status: "processing" };
    return Promise.resolve(new Response(JSON.stringify(url.includes("generate") ? submit : status)));
  };
  const endAt = clock.now() + 15_000;
  let ids = 0;
  const engine = composeEngine({
    api: createHttpVideoApi({ http: { baseUrl: "https://a.test", getToken: () => "t", fetch: fetch as never }, clock }),
    ledger,
    lifecycle,
    platform: { clock, random: () => 0.5, createId: () => `g${++ids}` },
    polling: () => ({ waitMs: 10_000, isSlow: false, isOverdue: false }),
    uploader: undefined as never,
  });
  const [first, second] = [engine.generate(REQUEST), engine.generate(REQUEST)];
  await clock.advanceUntil(() => first.getSnapshot().phase === "settling");
  isOnline = false; // the capture waits for its next try
  set("offline");
  await clock.advance(2 * SECOND);
  if (isCanceled) void second.cancel();
  await clock.advance(60 * SECOND);
  isOnline = true;
  answersNo = false;
  set(undefined);
  await clock.advance(300 * SECOND);
  expect(first.getSnapshot().settlement).toBe("captured");
});

test("a backend that answers, and asks to wait, is not shown as one that does not answer", async () => {
  const { engine, clock, api } = createTestEngine();
  api.failNext("submit", { refused: "rate-limited", retryAfterMs: 40_000 });
  const generation = engine.generate(REQUEST);
  await clock.advance(20 * SECOND);
  expect(generation.getSnapshot()).toMatchObject({ phase: "submitting" });
  expect(generation.getSnapshot().pauseReason).not.toBe("backend-unreachable");
});

test.each(["at-most-once", "exactly-once"] as const)(
  "the same by a plain resume(), of a storage that cannot list its keys (%s)",
  async (guarantee) => {
    const { keys: _, ...memory } = createMemoryStorage();
    let isHanging = false;
    const storage: KeyValueStorage = {
      ...memory,
      getItem(key) {
        if (!isHanging) return memory.getItem(key);
        isHanging = false;
        return new Promise<never>(() => undefined);
      },
    };
    const { engine, clock, ledger } = createTestEngine({ guarantee, ...stored(storage) });
    const generation = engine.generate(REQUEST);
    await clock.advance(40 * SECOND);
    isHanging = true;
    void engine.resume();
    await clock.advance(24 * 3600 * SECOND);
    expect([generation.getSnapshot().status, ledger.books.captured, ledger.books.reserved]).toEqual([
      "completed",
      208,
      0,
    ]);
  },
);
