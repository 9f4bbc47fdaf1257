// The engine without a storage: the same books and the same events as with the code of one beside it.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createFakeLedger, type FakeLedgerOptions } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine, createLeanEngine } from "./create-engine.ts";
import type { VideoEngineEvent } from "./engine-event.ts";

const REQUEST = { model: "vid-veo-3.1", prompt: "a fox", duration: 8 } as const;

function worldOf(make: typeof createEngine | typeof createLeanEngine, options: FakeLedgerOptions = {}) {
  const clock = createTestClock();
  const ledger = createFakeLedger({ now: () => clock.now(), ...options });
  const events: VideoEngineEvent[] = [];
  const engine = make({
    api: createFakeVideoApi({ clock }),
    ledger,
    polling: defaultPollingPolicy,
    platform: { clock, random: () => 0.5, createId: () => "generation-1" },
    onEvent: (event) => void events.push(event),
  });
  return { engine, clock, ledger, events };
}

async function outcomeIn({ engine, clock, ledger, events }: ReturnType<typeof worldOf>, isCanceled = false) {
  const handle = engine.generate(REQUEST);
  if (isCanceled) void handle.cancel();
  let isOver = false;
  const outcome = handle.outcome.finally(() => (isOver = true));
  await clock.advanceUntil(() => isOver);
  ledger.assertBalanced();
  return { ...(await outcome), calls: ledger.calls, books: ledger.books, events };
}

describe("an engine that stores nothing", () => {
  test("charges for a video and keeps the books balanced", async () => {
    const { status, settlement, calls } = await outcomeIn(worldOf(createLeanEngine));
    expect([status, settlement]).toEqual(["completed", "captured"]);
    expect(calls.filter((call) => call === "captureCredits")).toHaveLength(1);
  });

  test.each([
    ["a video", {}, false],
    ["too few credits", { credits: 1 }, false],
    ["no slot", { slots: 0 }, false],
    ["a cancel at once", {}, true],
  ])("does after %s what the other one does", async (_, options, isCanceled) => {
    const [lean, full] = [worldOf(createLeanEngine, options), worldOf(createEngine, options)];
    expect(await outcomeIn(lean, isCanceled)).toEqual(await outcomeIn(full, isCanceled));
  });

  test("has nothing to resume, to forget and to resolve", async () => {
    const { engine } = worldOf(createLeanEngine);
    expect(await engine.resume()).toEqual([]);
    expect(await engine.forget()).toEqual({ kept: [], givenUp: [] });
    expect(engine.unresolved()).toEqual([]);
  });
});
