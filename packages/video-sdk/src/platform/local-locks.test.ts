// One driver per generation within a process: the second one is refused at once, and a release frees only the releaser's own lock.
import { describe, expect, test } from "vitest";
import { createLocalLocks } from "./local-locks.ts";

describe("a lock", () => {
  test("is given to one driver, and refused to all others at once", async () => {
    const locks = createLocalLocks();
    expect(await locks.tryLock("g1")).toBeTypeOf("function");
    expect(await locks.tryLock("g1")).toBeUndefined();
    expect(await locks.tryLock("g1")).toBeUndefined();
  });

  test("is given to one of many that ask in the same moment", async () => {
    const locks = createLocalLocks();
    const asked = await Promise.all(Array.from({ length: 10 }, () => locks.tryLock("g1")));
    expect(asked.filter((release) => release !== undefined)).toHaveLength(1);
    expect(asked[0]).toBeDefined();
  });

  test("on one generation says nothing of another, whatever they are called", async () => {
    const locks = createLocalLocks();
    for (const id of ["g1", "g2", "", "__proto__", "constructor"]) expect(await locks.tryLock(id)).toBeDefined();
  });

  test("holds only among those that share it", async () => {
    const [ours, theirs] = [createLocalLocks(), createLocalLocks()];
    await ours.tryLock("g1");
    expect(await theirs.tryLock("g1")).toBeDefined();
  });
});

describe("releasing", () => {
  test("frees it for the next, at once and as often as it is locked", async () => {
    const locks = createLocalLocks();
    for (let times = 0; times < 3; times++) {
      const release = await locks.tryLock("g1");
      expect(release).toBeDefined();
      release?.();
    }
  });

  test("frees no other generation", async () => {
    const locks = createLocalLocks();
    await locks.tryLock("g1");
    (await locks.tryLock("g2"))?.();
    expect(await locks.tryLock("g1")).toBeUndefined();
  });

  test("a second time does not free a lock that is another driver's by now", async () => {
    const locks = createLocalLocks();
    const release = await locks.tryLock("g1");
    release?.();
    expect(await locks.tryLock("g1")).toBeDefined();
    release?.();
    expect(await locks.tryLock("g1")).toBeUndefined();
  });
});
