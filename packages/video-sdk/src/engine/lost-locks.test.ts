// Locks that must be renewed: a driver that slept through its lease stops, and nothing is done twice.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createStorageLocks } from "../platform/storage-locks.ts";
import { createCompareAndSetStorage } from "../platform/__fixtures__/compare-and-set-storage.ts";
import type { Guarantee } from "../ports.ts";
import type { Clock, VideoPlatform } from "../platform-ports.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine } from "./create-engine.ts";

const MINUTE = 60_000;
const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

/** A process whose timers come only while it is awake; those that were due meanwhile come when it wakes. */
function createProcess(clock: Clock): Clock & { sleep(): void; wake(): void } {
  let missed: (() => void)[] | undefined;
  return {
    now: clock.now,
    setTimeout: (run, ms) => clock.setTimeout(() => (missed === undefined ? run() : missed.push(run)), ms),
    clearTimeout: clock.clearTimeout,
    sleep: () => void (missed ??= []),
    wake() {
      const due = missed ?? [];
      missed = undefined;
      for (const run of due) run();
    },
  };
}

function createWorld(guarantee: Guarantee) {
  const clock = createTestClock();
  const ledger = createFakeLedger({ guarantee });
  const api = createFakeVideoApi({ clock, isSubmitRepeatable: guarantee === "exactly-once" });
  const storage = createCompareAndSetStorage();
  let ids = 0;
  const openProcess = () => {
    const own = createProcess(clock);
    const platform: VideoPlatform = { clock: own, random: () => 0.5, createId: () => `id-${++ids}` };
    const engine = createEngine({
      ledger,
      api,
      platform,
      polling: defaultPollingPolicy,
      persistence: {
        storage,
        locks: createStorageLocks({ storage, platform }),
        user: "user-1",
        onUnreadable: () => undefined,
      },
    });
    return { engine, sleep: own.sleep, wake: own.wake };
  };
  return { clock, ledger, api, openProcess };
}

describe.each<Guarantee>(["exactly-once", "at-most-once"])("%s", (guarantee) => {
  test("another process goes on for one that sleeps, which then stops: one job, one charge, one video", async () => {
    const { clock, ledger, api, openProcess } = createWorld(guarantee);
    const [first, second] = [openProcess(), openProcess()];
    const begun = first.engine.generate(request);
    await clock.advance(20_000);
    void second.engine.resume();
    await clock.advance(MINUTE);
    expect(second.engine.list()).toEqual([]);

    first.sleep();
    await clock.advanceUntil(() => second.engine.list()[0]?.status === "completed");
    first.wake();
    await clock.advance(10 * MINUTE);
    expect(api.jobs).toHaveLength(1);
    expect(ledger.calls.filter((call) => call === "captureCredits")).toHaveLength(1);
    expect(begun.getSnapshot().status).toBe("running"); // its lock was lost, so it reports nothing more
    ledger.assertBalanced();
  });

  test("a process that wakes before another one has resumed the generation resumes it itself", async () => {
    const { clock, ledger, openProcess } = createWorld(guarantee);
    const { engine, sleep, wake } = openProcess();
    const begun = engine.generate(request);
    await clock.advance(20_000);
    sleep();
    await clock.advance(5 * MINUTE);
    wake();
    await clock.advanceUntil(() => engine.list()[0]?.status === "completed");
    expect(engine.get(begun.id)).toBe(begun);
    expect(await begun.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    ledger.assertBalanced();
  });
});
