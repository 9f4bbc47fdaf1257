// Locks that fail: nothing is called without a lock, and two tabs never drive one generation.
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import type { Guarantee } from "../ports.ts";
import type { GenerationLocks } from "../platform-ports.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine, type GenerationEngine } from "./create-engine.ts";
import type { VideoEngineEvent } from "./engine-event.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const GUARANTEES = ["at-most-once", "reconciled", "exactly-once"] as const;

const FAILURES: readonly (readonly [string, () => Promise<undefined>])[] = [
  ["reject", () => Promise.reject(new Error("No locks."))],
  [
    "throw",
    () => {
      throw new Error("No locks.");
    },
  ],
  ["claim that another holder has an id that only this engine knows", () => Promise.resolve(undefined)],
];

function createDevice(guarantee: Guarantee) {
  const clock = createTestClock();
  const ledger = createFakeLedger({ guarantee, now: () => clock.now() });
  const api = createFakeVideoApi({ clock, isSubmitRepeatable: guarantee === "exactly-once" });
  const [storage, shared] = [createMemoryStorage(), createLocalLocks()];
  const events: VideoEngineEvent[] = [];
  let ids = 0;
  const open = (locks: GenerationLocks = shared): GenerationEngine =>
    createEngine({
      ledger,
      api,
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => `generation-${++ids}` },
      persistence: { storage, locks, user: "ada", onUnreadable: () => undefined },
      onEvent: (event) => void events.push(event),
    });
  return { clock, ledger, api, shared, events, open };
}

/** The shared locks, of which the first few answers fail. */
function failing(shared: GenerationLocks, fail: () => Promise<undefined>, times: number): GenerationLocks {
  let left = times;
  return { ...shared, tryLock: (...args) => (left-- > 0 ? fail() : shared.tryLock(...args)) };
}

describe.each(GUARANTEES)("on a backend that is %s, locks that", (guarantee) => {
  test.each(FAILURES)(
    "%s once: the lock is asked for again, and another tab's resume() leaves the generation to this one",
    async (_, fail) => {
      const device = createDevice(guarantee);
      const [tab, other] = [device.open(failing(device.shared, fail, 1)), device.open()];
      tab.generate(REQUEST);
      for (let second = 0; second < 300; second += 5) {
        void other.resume();
        await device.clock.advance(5_000);
      }
      expect(tab.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
      expect(device.ledger.books).toMatchObject({ reserved: 0, captured: 208 });
      expect(device.api.jobs).toHaveLength(1);
      device.ledger.assertBalanced();
    },
  );

  test.each(FAILURES)(
    "%s for good: it is refused before anything is called, and its cause is told",
    async (what, fail) => {
      const device = createDevice(guarantee);
      const tab = device.open(failing(device.shared, fail, Infinity));
      const { outcome } = tab.generate(REQUEST);
      await device.clock.advance(60_000);
      expect(await outcome).toMatchObject({ status: "failed", error: { code: "storage-failed" }, settlement: "none" });
      expect(device.ledger.calls).toEqual([]);
      expect(device.api.jobs).toEqual([]);
      expect(device.clock.pending).toBe(0);
      const told = device.events.flatMap((event) =>
        event.type === "callback-failed" ? `${event.callback} ${event.message}` : [],
      );
      expect(told).toEqual(what.startsWith("claim") ? [] : ["platform.locks.tryLock Error: No locks."]);
    },
  );

  test.each(FAILURES)("%s at the next start: it is resumed once they answer, without another call", async (_, fail) => {
    const device = createDevice(guarantee);
    const first = device.open();
    first.generate(REQUEST);
    await device.clock.advance(40_000);
    first.dispose();
    await device.clock.flush();
    const again = device.open(failing(device.shared, fail, 2));
    void again.resume();
    await device.clock.advance(20_000);
    void again.resume();
    await device.clock.advance(300_000);
    expect(again.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
    device.ledger.assertBalanced();
  });
});

test("an engine that is disposed of while its lock is asked for calls nothing, and releases the lock it gets", async () => {
  const device = createDevice("exactly-once");
  const tab = device.open(failing(device.shared, () => Promise.reject(new Error("No locks.")), 2));
  tab.generate(REQUEST);
  await device.clock.advance(100);
  tab.dispose();
  await device.clock.advance(60_000);
  expect(device.ledger.calls).toEqual([]);
  expect(await device.shared.tryLock("generation-1")).toBeDefined();
});

test("reconcile() with locks that fail settles nothing, and does not reject", async () => {
  const device = createDevice("reconciled");
  let isFailing = false;
  const locks: GenerationLocks = {
    ...device.shared,
    tryLock: (...args) => (isFailing ? Promise.reject(new Error("No locks.")) : device.shared.tryLock(...args)),
  };
  const tab = device.open(locks);
  device.ledger.failNext("reserveCredits", "answer-lost");
  tab.generate(REQUEST);
  await device.clock.advance(60_000);
  expect(tab.unresolved()).toHaveLength(1);
  expect(await tab.reconcile()).toEqual([]);
  await device.clock.advance(180_000);
  isFailing = true;
  expect(await tab.reconcile()).toEqual([]);
  isFailing = false;
  void tab.reconcile();
  await device.clock.advance(60_000);
  expect(tab.unresolved()).toEqual([]);
  device.ledger.assertBalanced();
});

test("locks that throw when they are asked to tell of a free one: a later resume() goes on with the generation", async () => {
  const device = createDevice("exactly-once");
  const first = device.open();
  first.generate(REQUEST);
  await device.clock.advance(40_000);
  const whenFree = (): never => {
    throw new Error("No locks.");
  };
  const second = device.open({ ...device.shared, whenFree });
  await second.resume();
  first.dispose();
  await device.clock.flush();
  void second.resume();
  await device.clock.advance(300_000);
  expect(second.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
  device.ledger.assertBalanced();
});

describe.each(["at-most-once", "exactly-once"] as const)("on a backend that is %s, locks that say", (guarantee) => {
  test.each([null, false, 0, "", true, "taken", {}])(
    "%j of one that another tab has are not held: one job, charged once",
    async (said) => {
      const device = createDevice(guarantee);
      const odd: GenerationLocks = {
        tryLock: async (id, onLost) => (await device.shared.tryLock(id, onLost)) ?? (said as unknown as undefined),
      };
      const [tab, other] = [device.open(), device.open(odd)];
      tab.generate(REQUEST);
      for (let second = 0; second < 300; second += 5) {
        void other.resume();
        await device.clock.advance(5_000);
      }
      expect(tab.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
      expect(other.list()).toEqual([]);
      expect(device.api.jobs).toHaveLength(1);
      device.ledger.assertBalanced();
    },
  );

  test("they hold a lock by something that is no release: the generation is refused before anything is called", async () => {
    const device = createDevice(guarantee);
    const tab = device.open({ tryLock: () => Promise.resolve(true as unknown as () => void) });
    const generation = tab.generate(REQUEST);
    await device.clock.advance(60_000);
    expect(await generation.outcome).toMatchObject({ error: { code: "storage-failed" }, settlement: "none" });
    expect(device.ledger.calls).toEqual([]);
  });
});

test("a release that rejects is no unhandled rejection", async () => {
  const unhandled: unknown[] = [];
  const hear = (reason: unknown): void => void unhandled.push(reason);
  process.on("unhandledRejection", hear);
  const device = createDevice("exactly-once");
  const release = (): Promise<void> => Promise.reject(new Error("No locks."));
  const tab = device.open({ tryLock: () => Promise.resolve(release as unknown as () => void) });
  tab.generate(REQUEST);
  await device.clock.advance(600_000);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", hear);
  expect(tab.list()).toMatchObject([{ status: "completed" }]);
  expect(unhandled).toEqual([]);
});
