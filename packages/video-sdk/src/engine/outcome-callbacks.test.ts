// The callbacks of a call and of the engine: which are called, in which order, and what happens to one that throws.
import { describe, expect, test } from "vitest";
import { VideoError } from "../errors.ts";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createTestEngine, type TestEngine, type TestEngineOptions } from "../testing/create-test-engine.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine } from "./create-engine.ts";
import type { OutcomeCallbacks } from "./outcome-callbacks.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

/** Callbacks that record their arguments. */
function recorder(name: string, log: string[]): OutcomeCallbacks {
  return {
    onSuccess: ({ id, videos, settlement }) => void log.push(`${name} success ${id} ${videos.length} ${settlement}`),
    onError: (error, outcome) =>
      void log.push(`${name} error ${outcome.id} ${error instanceof VideoError} ${error.code} ${error.settlement}`),
    onSettled: ({ id, status, settlement }) => void log.push(`${name} settled ${id} ${status} ${settlement}`),
  };
}

async function run(prepare: (world: TestEngine) => void, options: TestEngineOptions = {}): Promise<string[]> {
  const log: string[] = [];
  const world = createTestEngine({ ...recorder("engine", log), ...options });
  prepare(world);
  world.engine.generate(request, recorder("call", log));
  await world.clock.advanceUntil(() => log.some((line) => line.startsWith("call settled")));
  await world.clock.advance(3_600_000);
  return log;
}

describe("when a generation ends", () => {
  test("with a video: success, then settled; the engine's first, then the call's", async () => {
    expect(await run(() => undefined)).toEqual([
      "engine success generation-1 1 captured",
      "engine settled generation-1 completed captured",
      "call success generation-1 1 captured",
      "call settled generation-1 completed captured",
    ]);
  });

  test("without one: the error, as it would be thrown, then settled", async () => {
    expect(await run(({ api }) => api.playNext({ fail: "content-rejected" }))).toEqual([
      "engine error generation-1 true content-rejected released",
      "engine settled generation-1 failed released",
      "call error generation-1 true content-rejected released",
      "call settled generation-1 failed released",
    ]);
  });

  test("refused before anything was called: the same", async () => {
    const log: string[] = [];
    const { engine } = createTestEngine(recorder("engine", log));
    await engine.generate({ ...request, prompt: "" }, recorder("call", log)).outcome;
    expect(log).toEqual([
      "engine error generation-1 true invalid-request none",
      "engine settled generation-1 failed none",
      "call error generation-1 true invalid-request none",
      "call settled generation-1 failed none",
    ]);
  });

  test("canceled: settled only, because it has not failed", async () => {
    const log: string[] = [];
    const { engine, clock } = createTestEngine(recorder("engine", log));
    void engine.generate(request, recorder("call", log)).cancel();
    await clock.advanceUntil(() => log.length === 2);
    expect(log).toEqual(["engine settled generation-1 canceled none", "call settled generation-1 canceled none"]);
  });
});

test("a callback that throws stops neither the other callbacks nor the settlement", async () => {
  const log: string[] = [];
  const fault = (): never => {
    throw new Error("The app's fault.");
  };
  const { engine, clock, ledger } = createTestEngine({ onSuccess: fault, onSettled: fault });
  const { result } = engine.generate(request, { ...recorder("call", log), onSuccess: fault });
  await clock.advanceUntil(() => log.length === 1);
  expect(log).toEqual(["call settled generation-1 completed captured"]);
  expect((await result).settlement).toBe("captured");
  ledger.assertBalanced();
});

describe("after a restart, the engine's are called", () => {
  const open = (log: string[], name: string) => {
    const clock = createTestClock();
    const [ledger, storage] = [createFakeLedger({ now: () => clock.now() }), createMemoryStorage()];
    const [api, locks] = [createFakeVideoApi({ clock }), createLocalLocks()];
    const start = (callbacks: OutcomeCallbacks) =>
      createEngine({
        ledger,
        api,
        polling: defaultPollingPolicy,
        ...callbacks,
        platform: { clock, random: () => 0.5, createId: () => "generation-1" },
        persistence: { storage, locks, user: "ada", onUnreadable: () => undefined },
      });
    return { clock, ledger, start, first: start(recorder(name, log)) };
  };

  test("for what ends now", async () => {
    const log: string[] = [];
    const { clock, start, first } = open(log, "first");
    first.generate(request);
    await clock.advance(40_000);
    first.dispose();
    void start(recorder("second", log)).resume();
    await clock.advanceUntil(() => log.length === 2);
    expect(log).toEqual(["second success generation-1 1 captured", "second settled generation-1 completed captured"]);
  });

  test("not for what had ended before and has only its slot left to close", async () => {
    const log: string[] = [];
    const { clock, ledger, start, first } = open(log, "first");
    first.generate(request);
    await clock.advance(40_000);
    for (let time = 0; time < 3; time++) ledger.failNext("closeSlot", { refused: "internal" });
    await clock.advanceUntil(() => log.length === 2);
    first.dispose();
    const second = start(recorder("second", log));
    void second.resume();
    await clock.advance(3_600_000);
    expect(ledger.books.slots).toMatchObject([{ status: "completed" }]);
    expect(second.list()).toMatchObject([{ status: "completed" }]);
    expect(log.filter((line) => line.startsWith("second"))).toEqual([]);
  });
});
