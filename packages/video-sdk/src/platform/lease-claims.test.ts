// Leases on simulated time: one driver at a time, whoever dies, sleeps, sets a clock or writes at the same moment.
import { describe, expect, test } from "vitest";
import { createTestClock, type TestClock } from "../testing/test-clock.ts";
import { createSwappingStorage } from "./__fixtures__/swapping-storage.ts";
import { createLeaseClaims, type LeaseClaims } from "./lease-claims.ts";

const LEASE_MS = 90_000;
const ID = "generation-1";

/** Processes over one storage. */
function open() {
  const clock = createTestClock();
  const storage = createSwappingStorage();
  let processes = 0;
  const openProcess = (own: TestClock = clock): LeaseClaims =>
    createLeaseClaims({
      storage,
      platform: { clock: own, random: () => 0.5, createId: () => `process-${++processes}` },
    });
  const claim = async (claims: LeaseClaims, onLost?: () => void): Promise<(() => void) | undefined> => {
    let release: (() => void) | undefined;
    void claims.tryClaim(ID, onLost).then((answer) => (release = answer));
    await clock.flush();
    return release;
  };
  return { clock, ...storage, openProcess, claim };
}

describe("a claim", () => {
  test("one has it, the other does not, until it is let go of", async () => {
    const { openProcess, claim } = open();
    const [first, second] = [openProcess(), openProcess()];
    const release = await claim(first);
    expect(release).toBeDefined();
    expect(await claim(second)).toBeUndefined();
    expect(await claim(first)).toBeUndefined();
    release?.();
    expect(await claim(second)).toBeDefined();
  });

  test("of two that ask at the same moment, one has it", async () => {
    const { clock, openProcess } = open();
    const answers: boolean[] = [];
    for (const claims of [openProcess(), openProcess(), openProcess()]) {
      void claims.tryClaim(ID).then((release) => answers.push(release !== undefined));
    }
    await clock.flush();
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(answers).toHaveLength(3);
  });

  test("of two calls in one process, one has it", async () => {
    const { clock, openProcess } = open();
    const claims = openProcess();
    const answers: boolean[] = [];
    for (let call = 0; call < 2; call++) {
      void claims.tryClaim(ID).then((release) => answers.push(release !== undefined));
    }
    await clock.flush();
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(answers).toHaveLength(2);
  });

  test("it stands for as long as it is renewed", async () => {
    const { clock, openProcess, claim } = open();
    const [first, second] = [openProcess(), openProcess()];
    await claim(first);
    for (let minute = 0; minute < 60; minute++) {
      await clock.advance(60_000);
      expect(await claim(second)).toBeUndefined();
    }
  });

  test("who waits for it has it once its driver has died, and is asked to look now and then", async () => {
    const { clock, openProcess, claim } = open();
    const mortal = createTestClock();
    await claim(openProcess(mortal)); // whose timers never come
    const second = openProcess();
    let looks = 0;
    let release: (() => void) | undefined;
    const look = async (): Promise<void> => {
      looks++;
      release = await second.tryClaim(ID);
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

test("what is let go of leaves no text and no timer", async () => {
  const { clock, items, openProcess, claim } = open();
  const release = await claim(openProcess());
  release?.();
  release?.();
  await clock.flush();
  expect([...items.keys()]).toEqual([]);
  expect(clock.pending).toBe(0);
});

test("who slept through its lease is told so when it wakes, and does not take it back", async () => {
  const { clock, openProcess, claim } = open();
  const [first, second] = [openProcess(), openProcess()];
  let lost = 0;
  const release = await claim(first, () => lost++);
  clock.jump(LEASE_MS + 1); // nothing runs meanwhile
  expect(await claim(second)).toBeDefined();
  await clock.advance(LEASE_MS);
  expect(lost).toBe(1);
  release?.();
  await clock.flush();
  expect(await claim(first)).toBeUndefined();
});

test("a storage that fails for a while loses nothing; one that fails for longer than the lease loses it", async () => {
  const { clock, openProcess, claim, setBroken } = open();
  const first = openProcess();
  let lost = 0;
  await claim(first, () => lost++);
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
  const { clock, openProcess, claim } = open();
  const release = await claim(openProcess(createTestClock())); // dies
  expect(release).toBeDefined();
  clock.jump(-365 * 24 * 60 * 60_000);
  const second = openProcess();
  expect(await claim(second)).toBeUndefined();
  await clock.advance(LEASE_MS);
  expect(await claim(second)).toBeDefined();
});

test("a page that is left lets the others have it, and hears of it when it comes back", async () => {
  const { clock, openProcess, claim } = open();
  const [first, second] = [openProcess(), openProcess()];
  let lost = 0;
  await claim(first, () => lost++);
  first.leave();
  await clock.flush();
  expect(await claim(second)).toBeDefined();
  expect(lost).toBe(0);
  first.comeBack();
  expect(lost).toBe(1);
  expect(await claim(first)).toBeUndefined();
});

test("a text that is none of ours is no lease", async () => {
  const { items, openProcess, claim } = open();
  items.set(`video-engine:claim:${ID}`, "tomorrow");
  expect(await claim(openProcess())).toBeDefined();
});
