// The known gaps of core/SPEC.md in what a storage loses: each needs a storage that fails, hangs or is shared, and most a crash beside it.
import { expect, test } from "vitest";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import type { KeyValueStorage } from "../platform-ports.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import type { Guarantee } from "../ports.ts";
import { LIST, RECORD, REQUEST } from "./__fixtures__/mortal-device.ts";
import { createEngine } from "./create-engine.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

/** A device whose processes each see the same storage in their own way. It cannot list its keys. */
function createPlace(guarantee: Guarantee = "at-most-once") {
  const clock = createTestClock();
  const { getItem, setItem, removeItem } = createMemoryStorage();
  const storage: KeyValueStorage = { getItem, setItem, removeItem };
  const ledger = createFakeLedger({ guarantee });
  const api = createFakeVideoApi({ clock, isSubmitRepeatable: guarantee === "exactly-once" });
  const locks = createLocalLocks();
  let ids = 0;
  const wait = (ms: number): Promise<void> => new Promise((resolve) => void clock.setTimeout(resolve, ms));
  /** Opens a process; `seen` is what it sees of the storage. Its locks are its own where it is to die without a word. */
  const open = (seen: Partial<KeyValueStorage> = {}, own = locks) =>
    createEngine({
      ledger,
      api,
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => `generation-${++ids}` },
      persistence: { storage: { ...storage, ...seen }, locks: own, user: "user", onUnreadable: () => undefined },
    });
  /** Opens a process that resumes. */
  const openAgain = async () => {
    const engine = open({}, createLocalLocks());
    void engine.resume();
    await clock.advance(MINUTE);
    return engine;
  };
  return { clock, storage, ledger, api, open, openAgain, wait };
}

const never = (): Promise<never> => new Promise(() => undefined);

test("two tabs over a storage that cannot list its keys", async () => {
  const { clock, storage, ledger, open, openAgain, wait } = createPlace();
  const slow = open({
    async setItem(key, text) {
      if (key === LIST) await wait(5 * SECOND);
      await storage.setItem(key, text);
    },
  });
  const first = open();
  slow.generate(REQUEST);
  await clock.advance(SECOND);
  first.generate(REQUEST);
  await clock.advance(3 * SECOND);
  expect(await storage.getItem(LIST)).toBe("generation-2");
  await clock.advance(2 * SECOND);
  expect(await storage.getItem(LIST)).toBe("generation-1");
  first.dispose();
  slow.dispose();
  await openAgain();
  await clock.advance(10 * MINUTE);
  expect(await storage.getItem(RECORD("generation-2"))).not.toBeNull();
  expect(ledger.books.reserved).toBe(208);
});

test("a first record that lands after its deadline, and a crash", async () => {
  const { clock, storage, ledger, api, open, openAgain, wait } = createPlace("exactly-once");
  let isDead = false;
  const { outcome } = open({
    async setItem(key, text) {
      if (key !== LIST) await wait(30 * SECOND);
      await storage.setItem(key, text);
    },
    removeItem: (key) => (isDead ? never() : storage.removeItem(key)),
  }).generate(REQUEST);
  await clock.advance(25 * SECOND);
  expect(await outcome).toMatchObject({ error: { code: "storage-failed" }, settlement: "none" });
  isDead = true;
  await clock.advance(30 * SECOND);
  expect(ledger.calls).toEqual([]);
  const again = await openAgain();
  await clock.advance(10 * MINUTE);
  expect(again.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
  expect(api.jobs).toHaveLength(1);
  ledger.assertBalanced();
});

test("a storage that fails for minutes, and a crash meanwhile", async () => {
  const { clock, storage, ledger, api, open, openAgain } = createPlace();
  const fail = <T>(run: () => T): T => {
    if (api.jobs.length > 0) throw new Error("QuotaExceededError");
    return run();
  };
  const first = open({
    setItem: (key, text) => fail(() => storage.setItem(key, text)),
    removeItem: (key) => fail(() => storage.removeItem(key)),
  });
  first.generate(REQUEST);
  await clock.advanceUntil(() => (ledger.books.rows[0]?.videos.length ?? 0) > 0);
  expect(ledger.calls).not.toContain("captureCredits");
  first.dispose();
  const again = await openAgain();
  expect(again.list()).toMatchObject([{ status: "failed", error: { code: "submission-unknown" } }]);
  expect(ledger.books.rows).toMatchObject([{ videos: [expect.any(String)], error: expect.any(String) }]);
  expect(ledger.books.reserved).toBe(0);
});

test("a stored list that reads as empty for a moment", async () => {
  const { clock, storage, ledger, open, openAgain } = createPlace();
  const first = open();
  first.generate(REQUEST);
  await clock.advance(5 * SECOND);
  first.dispose();
  let reads = 0;
  const second = open({ getItem: (key) => (key === LIST && reads++ === 0 ? null : storage.getItem(key)) });
  second.generate(REQUEST);
  await clock.advance(5 * SECOND);
  expect(await storage.getItem(LIST)).toBe("generation-2");
  second.dispose();
  await openAgain();
  await clock.advance(10 * MINUTE);
  expect(await storage.getItem(RECORD("generation-1"))).not.toBeNull();
  expect(ledger.books.reserved).toBe(208);
});
