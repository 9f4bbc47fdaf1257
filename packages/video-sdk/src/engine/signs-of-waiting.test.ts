// No wait without a sign: a backend that never answers is shown, a cancel is answered within a second, a saved video is not held back by the
// books, and a storage call that never ends counts as failed.
import { describe, expect, test } from "vitest";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";
import { STALLED_AFTER_MS } from "./stall-watch.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const SECOND = 1_000;
const GUARANTEES = ["at-most-once", "reconciled", "exactly-once"] as const;

/** What a promise has resolved with so far. */
function watch<T>(promise: Promise<T>): { value?: T } {
  const seen: { value?: T } = {};
  void promise.then((value) => (seen.value = value));
  return seen;
}

const stored = (storage: KeyValueStorage) => ({
  persistence: { storage, locks: createLocalLocks(), user: "ada", onUnreadable: () => undefined },
});

describe("a backend that never answers", () => {
  test.each([
    ["acquireSlot", "acquiring-slot"],
    ["reserveCredits", "reserving-credits"],
    ["createSession", "creating-session"],
    ["recordRow", "recording"],
  ] as const)("%s: is shown after 15 seconds, and a cancel is answered with what is known", async (method, phase) => {
    const { engine, clock, ledger } = createTestEngine();
    ledger.failNext(method, "hang");
    const generation = engine.generate(REQUEST);
    await clock.advance(STALLED_AFTER_MS - 1);
    expect(generation.getSnapshot()).toMatchObject({ phase, isPaused: false });
    await clock.advance(1);
    expect(generation.getSnapshot()).toMatchObject({ phase, isPaused: true, pauseReason: "backend-unreachable" });
    const canceled = watch(generation.cancel());
    await clock.advance(SECOND);
    const settlement = method === "createSession" || method === "recordRow" ? "held" : "none";
    expect(canceled.value).toEqual({ status: "requested", id: generation.id, settlement });
    expect(generation.getSnapshot()).toMatchObject({ isCanceling: true, pauseReason: "backend-unreachable" });
  });

  test("is shown by the first call that does not answer only: progress ends the sign", async () => {
    const { engine, clock, ledger } = createTestEngine({ guarantee: "exactly-once" });
    for (let times = 0; times < 6; times++) ledger.failNext("acquireSlot", "request-lost");
    const generation = engine.generate(REQUEST);
    const seen = new Set<string>();
    generation.subscribe(() => {
      const { phase, pauseReason } = generation.getSnapshot();
      seen.add(`${phase} ${pauseReason}`);
    });
    await clock.advance(300 * SECOND);
    expect(generation.getSnapshot().status).toBe("completed");
    expect(seen).toContain("acquiring-slot backend-unreachable");
    expect([...seen].filter((shown) => shown.endsWith("backend-unreachable"))).toHaveLength(1);
  });

  test("does not make the paid call look stalled", async () => {
    const { engine, clock, api } = createTestEngine();
    api.failNext("submit", "hang");
    const generation = engine.generate(REQUEST);
    await clock.advance(50 * SECOND);
    expect(generation.getSnapshot()).toMatchObject({ phase: "submitting", isPaused: false });
  });
});

describe.each(GUARANTEES)("on a backend that is %s, once the video is saved", (guarantee) => {
  test("and the capture is not answered: the result comes after 15 seconds and says unknown, the outcome waits", async () => {
    const { engine, clock, ledger } = createTestEngine({ guarantee });
    ledger.failNext("captureCredits", "hang");
    const generation = engine.generate(REQUEST);
    const [result, outcome] = [watch(generation.result), watch(generation.outcome)];
    await clock.advanceUntil(() => generation.getSnapshot().phase === "settling");
    await clock.advance(STALLED_AFTER_MS - SECOND);
    expect([result.value, outcome.value]).toEqual([undefined, undefined]);
    await clock.advance(SECOND);
    expect(result.value).toMatchObject({ settlement: "unknown", rowId: "row-1", videos: [expect.any(String)] });
    expect(generation.getSnapshot()).toMatchObject({ status: "running", pauseReason: "backend-unreachable" });
    expect(outcome.value).toBeUndefined();
  });

  test("and the capture is refused again and again: the result says held", async () => {
    const { engine, clock, ledger } = createTestEngine({ guarantee });
    for (let times = 0; times < 7; times++) ledger.failNext("captureCredits", { refused: "unreachable" });
    const generation = engine.generate(REQUEST);
    const [result, outcome] = [watch(generation.result), watch(generation.outcome)];
    await clock.advanceUntil(() => result.value !== undefined);
    expect(result.value).toMatchObject({ settlement: "held" });
    expect(outcome.value).toBeUndefined();
    await clock.advance(300 * SECOND);
    expect(outcome.value).toMatchObject({ status: "completed", settlement: "captured" });
  });

  test("and everything answers: the result comes with the outcome", async () => {
    const { engine, clock } = createTestEngine({ guarantee });
    const generation = engine.generate(REQUEST);
    const [result, outcome] = [watch(generation.result), watch(generation.outcome)];
    await clock.advanceUntil(() => outcome.value !== undefined);
    expect(result.value).toMatchObject({ settlement: "captured" });
    expect(clock.pending).toBe(0);
  });
});

describe("a cancel", () => {
  test("that settles within a second resolves with the outcome, and leaves no timer", async () => {
    const { engine, clock } = createTestEngine();
    const generation = engine.generate(REQUEST);
    await clock.advance(20 * SECOND);
    const canceled = watch(generation.cancel());
    await clock.flush();
    expect(canceled.value).toMatchObject({ status: "canceled", settlement: "released" });
    expect(clock.pending).toBe(0);
  });

  test("of a job that cannot be canceled is answered within a second; the outcome tells the rest", async () => {
    const { engine, clock, api } = createTestEngine();
    api.answerCancelWith("unsupported");
    const generation = engine.generate(REQUEST);
    await clock.advance(20 * SECOND);
    const canceled = watch(generation.cancel());
    await clock.advance(SECOND);
    expect(canceled.value).toEqual({ status: "requested", id: generation.id, settlement: "held" });
    await clock.advance(300 * SECOND);
    expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "captured" });
  });
});

/** A storage whose calls never end from some call on. */
function hangingFrom(call: number): KeyValueStorage & { hung(): number } {
  const storage = createMemoryStorage();
  let [calls, hung] = [0, 0];
  const through =
    <Args extends readonly unknown[], T>(run: (...args: Args) => T) =>
    (...args: Args): T | Promise<never> => {
      if (calls++ < call) return run(...args);
      hung++;
      return new Promise<never>(() => undefined);
    };
  return {
    getItem: through((key: string) => storage.getItem(key)),
    setItem: through((key: string, text: string) => storage.setItem(key, text)),
    removeItem: through((key: string) => storage.removeItem(key)),
    hung: () => hung,
  };
}

describe.each(["fails", "hangs"] as const)("a storage that %s once everything is settled", (fault) => {
  const refuse = (): Promise<never> =>
    fault === "fails" ? Promise.reject(new Error("QuotaExceededError")) : new Promise<never>(() => undefined);

  const open = () => {
    const memory = createMemoryStorage();
    const test = createTestEngine({
      ...stored({
        getItem: memory.getItem,
        setItem: (key, text) => (isOver() ? refuse() : memory.setItem(key, text)),
        removeItem: (key) => (isOver() ? refuse() : memory.removeItem(key)),
      }),
    });
    const isOver = (): boolean => test.ledger.books.captured + test.ledger.books.released > 0;
    return test;
  };

  test("does not keep the result of a saved video: it comes after 15 seconds, with what became of the credits", async () => {
    const { engine, clock } = open();
    const generation = engine.generate(REQUEST);
    const [result, outcome] = [watch(generation.result), watch(generation.outcome)];
    await clock.advanceUntil(() => generation.getSnapshot().phase === "settling");
    await clock.advance(16 * SECOND);
    expect(result.value).toMatchObject({ settlement: "captured", videos: [expect.any(String)] });
    expect(outcome.value).toBeUndefined();
    expect(generation.getSnapshot()).toMatchObject({ status: "running", pauseReason: "backend-unreachable" });
    await clock.advance(600 * SECOND);
    expect(outcome.value).toMatchObject({ status: "completed", settlement: "captured" });
    expect(generation.getSnapshot()).toMatchObject({ status: "completed", isPaused: false });
    expect(clock.pending).toBe(0);
  });

  test("shows that it waits where there is no video, and then how it ended", async () => {
    const { engine, clock, api } = open();
    api.playNext({ fail: "provider-failed" });
    const generation = engine.generate(REQUEST);
    await clock.advanceUntil(() => generation.getSnapshot().phase === "settling");
    await clock.advance(16 * SECOND);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", pauseReason: "backend-unreachable" });
    await clock.advance(600 * SECOND);
    expect(await generation.outcome).toMatchObject({ status: "failed", settlement: "released" });
    expect(clock.pending).toBe(0);
  });
});

describe("a storage whose calls never end", () => {
  test("from the start: the generation is refused, and nothing was called", async () => {
    const { engine, clock, ledger } = createTestEngine(stored(hangingFrom(0)));
    const generation = engine.generate(REQUEST);
    await clock.advance(30 * SECOND);
    expect(await generation.outcome).toMatchObject({ error: { code: "storage-failed" }, settlement: "none" });
    expect(ledger.calls).toEqual([]);
  });

  test("from any call on: the generation ends, and what was acquired is settled, or shown as waiting", async () => {
    for (let call = 1; call < 40; call++) {
      const storage = hangingFrom(call);
      const { engine, clock, ledger } = createTestEngine({ guarantee: "exactly-once", ...stored(storage) });
      const generation = engine.generate(REQUEST);
      await clock.advance(900 * SECOND);
      const { status, pauseReason } = generation.getSnapshot();
      if (status === "running") expect([call, pauseReason]).toEqual([call, "backend-unreachable"]);
      else ledger.assertBalanced();
      engine.dispose();
      await clock.flush();
      if (storage.hung() === 0) return expect(call).toBeGreaterThan(10);
    }
  });

  test.each([
    ["throws", () => Promise.reject(new Error("QuotaExceededError")), "Error: QuotaExceededError"],
    ["hangs", () => new Promise<never>(() => undefined), "Error: No answer in time."],
  ] as const)("or that %s, has its cause told, once for each method", async (_, setItem, message) => {
    const storage = { ...createMemoryStorage(), setItem };
    const { engine, clock, events } = createTestEngine(stored(storage));
    for (let times = 0; times < 2; times++) {
      const { outcome } = engine.generate(REQUEST);
      await clock.advance(200 * SECOND);
      expect(await outcome).toMatchObject({ error: { code: "storage-failed" } });
    }
    expect(events.filter(({ type }) => type === "callback-failed")).toMatchObject([
      { type: "callback-failed", callback: "platform.storage.setItem", message, stack: expect.stringContaining("at ") },
    ]);
  });

  test("does not keep resume() waiting", async () => {
    const { engine, clock } = createTestEngine(stored(hangingFrom(0)));
    const resumed = watch(engine.resume());
    await clock.advance(11 * SECOND);
    expect(resumed.value).toEqual([]);
  });

  test("and then land late: an old state never replaces a newer one", async () => {
    const memory = createMemoryStorage();
    const landings: (() => void)[] = [];
    let isSlow = false;
    const storage: KeyValueStorage = {
      ...memory,
      setItem(key, text) {
        if (!isSlow) return memory.setItem(key, text);
        return new Promise<void>((resolve) => {
          landings.push(() => resolve(void memory.setItem(key, text)));
        });
      },
    };
    const { engine, clock, ledger } = createTestEngine({ guarantee: "exactly-once", ...stored(storage) });
    const generation = engine.generate(REQUEST);
    await clock.advance(40 * SECOND);
    isSlow = true;
    await clock.advance(120 * SECOND);
    isSlow = false;
    for (const land of landings.splice(0)) land();
    await clock.advance(300 * SECOND);
    expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    ledger.assertBalanced();
    expect(await memory.getItem("video-engine:1:ada:record:generation-1")).toBeNull();
  });

  test.each([60, 120, 160, 300, 900])(
    "and end after %i seconds, when the last record is removed: none is left",
    async (seconds) => {
      const memory = createMemoryStorage();
      const isOver = (): boolean => ledger.books.captured > 0;
      let until: number | undefined;
      const hang = async (run: () => unknown): Promise<void> => {
        if (isOver()) until ??= clock.now() + seconds * SECOND;
        const waitMs = until === undefined ? 0 : until - clock.now();
        if (waitMs > 0) await new Promise<void>((resolve) => void clock.setTimeout(resolve, waitMs));
        await run();
      };
      const { engine, clock, ledger } = createTestEngine({
        ...stored({
          getItem: memory.getItem,
          setItem: (key, text) => hang(() => memory.setItem(key, text)),
          removeItem: (key) => hang(() => memory.removeItem(key)),
        }),
      });
      const generation = engine.generate(REQUEST);
      await clock.advance(2_000 * SECOND);
      expect(await generation.outcome).toMatchObject({ settlement: "captured" });
      expect(await memory.getItem("video-engine:1:ada:record:generation-1")).toBeNull();
      expect(clock.pending).toBe(0);
    },
  );
});
