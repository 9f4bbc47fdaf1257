// Leases on simulated time: one driver at a time, also when one dies, sleeps, sets a clock or writes at the same moment.
import { describe, expect, test } from "vitest";
import { createTestClock, type TestClock } from "../testing/test-clock.ts";
import { createCompareAndSetStorage } from "./__fixtures__/compare-and-set-storage.ts";
import { createStorageLocks, type StorageLocks } from "./storage-locks.ts";

const LEASE_MS = 90_000;
const ID = "generation-1";

/** Processes over one storage. */
function open() {
  const clock = createTestClock();
  const storage = createCompareAndSetStorage();
  let processes = 0;
  const openProcess = (own: TestClock = clock): StorageLocks =>
    createStorageLocks({
      storage,
      platform: { clock: own, random: () => 0.5, createId: () => `process-${++processes}` },
    });
  const lock = async (locks: StorageLocks, onLost?: () => void): Promise<(() => void) | undefined> => {
    let release: (() => void) | undefined;
    void locks.tryLock(ID, onLost).then((answer) => (release = answer));
    await clock.flush();
    return release;
  };
  return { clock, ...storage, openProcess, lock };
}

describe("a lock", () => {
  test("one holder has it, the other does not, until it is released", async () => {
    const { openProcess, lock } = open();
    const [first, second] = [openProcess(), openProcess()];
    const release = await lock(first);
    expect(release).toBeDefined();
    expect(await lock(second)).toBeUndefined();
    expect(await lock(first)).toBeUndefined();
    release?.();
    expect(await lock(second)).toBeDefined();
  });

  test("of two that ask at the same moment, one has it", async () => {
    const { clock, openProcess } = open();
    const answers: boolean[] = [];
    for (const locks of [openProcess(), openProcess(), openProcess()]) {
      void locks.tryLock(ID).then((release) => answers.push(release !== undefined));
    }
    await clock.flush();
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(answers).toHaveLength(3);
  });

  test("of two calls in one process, one has it", async () => {
    const { clock, openProcess } = open();
    const locks = openProcess();
    const answers: boolean[] = [];
    for (let call = 0; call < 2; call++) {
      void locks.tryLock(ID).then((release) => answers.push(release !== undefined));
    }
    await clock.flush();
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(answers).toHaveLength(2);
  });

  test("it stands for as long as it is renewed", async () => {
    const { clock, openProcess, lock } = open();
    const [first, second] = [openProcess(), openProcess()];
    await lock(first);
    for (let minute = 0; minute < 60; minute++) {
      await clock.advance(60_000);
      expect(await lock(second)).toBeUndefined();
    }
  });

  test("one that waits for it gets it once its driver has died, and is asked to look now and then", async () => {
    const { clock, openProcess, lock } = open();
    const mortal = createTestClock();
    await lock(openProcess(mortal)); // whose timers never come
    const second = openProcess();
    let looks = 0;
    let release: (() => void) | undefined;
    const look = async (): Promise<void> => {
      looks++;
      release = await second.tryLock(ID);
      if (release === undefined) second.whenFree?.(ID, () => void look());
    };
    void look();
    await clock.advance(LEASE_MS - 1_000);
    expect(release).toBeUndefined();
    await clock.advance(LEASE_MS / 3 + 2_000);
    expect(release).toBeDefined();
    expect(looks).toBeLessThan(6);
  });
});

test("a released lock leaves no text and no timer", async () => {
  const { clock, items, openProcess, lock } = open();
  const release = await lock(openProcess());
  release?.();
  release?.();
  await clock.flush();
  expect([...items.keys()]).toEqual([]);
  expect(clock.pending).toBe(0);
});

test("a holder that slept through its lease learns it when it wakes, and does not take it back", async () => {
  const { clock, openProcess, lock } = open();
  const [first, second] = [openProcess(), openProcess()];
  let lost = 0;
  const release = await lock(first, () => lost++);
  clock.jump(LEASE_MS + 1); // nothing runs meanwhile
  expect(await lock(second)).toBeDefined();
  await clock.advance(LEASE_MS);
  expect(lost).toBe(1);
  release?.();
  await clock.flush();
  expect(await lock(first)).toBeUndefined();
});

test("a storage that fails for a while loses nothing; one that fails for longer than the lease loses it", async () => {
  const { clock, openProcess, lock, setBroken } = open();
  const first = openProcess();
  let lost = 0;
  await lock(first, () => lost++);
  setBroken(true);
  await clock.advance(LEASE_MS / 2);
  setBroken(false);
  await clock.advance(LEASE_MS * 2);
  expect(lost).toBe(0);
  setBroken(true);
  await clock.advance(LEASE_MS * 2);
  expect(lost).toBe(1);
});

test("a clock that is set back by a year: the lease that lies ahead is taken once it is not renewed any more", async () => {
  const { clock, openProcess, lock } = open();
  const release = await lock(openProcess(createTestClock())); // dies
  expect(release).toBeDefined();
  clock.jump(-365 * 24 * 60 * 60_000);
  const second = openProcess();
  expect(await lock(second)).toBeUndefined();
  await clock.advance(LEASE_MS);
  expect(await lock(second)).toBeDefined();
});

test("a page that is left frees its locks, and learns it when it comes back", async () => {
  const { clock, openProcess, lock } = open();
  const [first, second] = [openProcess(), openProcess()];
  let lost = 0;
  await lock(first, () => lost++);
  first.leave();
  await clock.flush();
  expect(await lock(second)).toBeDefined();
  expect(lost).toBe(0);
  first.comeBack();
  expect(lost).toBe(1);
  expect(await lock(first)).toBeUndefined();
});

test("a text that is none of ours is no lease", async () => {
  const { items, openProcess, lock } = open();
  items.set(`video-engine:lock:${ID}`, "tomorrow");
  expect(await lock(openProcess())).toBeDefined();
});
