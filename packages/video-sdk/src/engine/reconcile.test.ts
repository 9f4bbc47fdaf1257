// Holds in doubt are resolved from the balance, through the real engine: after a quiet period, and only when the sum has one explanation.
import { describe, expect, test } from "vitest";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createTestEngine, type TestEngine } from "../testing/create-test-engine.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const QUIET_MS = 120_000;

async function ended(world: TestEngine) {
  const generation = world.engine.generate(request);
  await world.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
  return { generation };
}

async function reconciled(world: TestEngine): Promise<readonly string[]> {
  let resolved: readonly string[] | undefined;
  void world.engine.reconcile().then((ids) => (resolved = ids));
  await world.clock.advanceUntil(() => resolved !== undefined);
  return resolved ?? [];
}

test.each([
  ["a reserve whose answer was lost is released", "reserveCredits", "answer-lost", { settlement: "released" }],
  ["a reserve that never arrived is nothing", "reserveCredits", "request-lost", { settlement: "none" }],
  ["a capture whose answer was lost is a capture", "captureCredits", "answer-lost", { settlement: "captured" }],
  ["a capture that never arrived is captured now", "captureCredits", "request-lost", { settlement: "captured" }],
] as const)("%s", async (_, method, fault, expected) => {
  const world = createTestEngine({ guarantee: "reconciled" });
  world.ledger.failNext(method, fault);
  const { generation } = await ended(world);
  expect(generation.getSnapshot().settlement).toBe("unknown");
  expect(await reconciled(world)).toEqual([]);
  await world.clock.advance(QUIET_MS);
  expect(await reconciled(world)).toEqual([generation.id]);
  expect(generation.getSnapshot()).toMatchObject(expected);
  expect(world.engine.unresolved()).toEqual([]);
  world.ledger.assertBalanced();
});

test.each(["request-lost", "answer-lost"] as const)("a release with its %s is settled", async (fault) => {
  const world = createTestEngine({ guarantee: "reconciled" });
  world.api.playNext({ fail: "provider-failed" });
  world.ledger.failNext("releaseCredits", fault);
  const { generation } = await ended(world);
  await reconciled(world);
  await world.clock.advance(QUIET_MS);
  expect(await reconciled(world)).toEqual([generation.id]);
  expect(generation.getSnapshot()).toMatchObject({ settlement: "released" });
  world.ledger.assertBalanced();
});

test("while another generation runs its hold could be taken for the one in doubt: nothing is read", async () => {
  const world = createTestEngine({ guarantee: "reconciled" });
  world.ledger.failNext("reserveCredits", "answer-lost");
  await ended(world);
  await reconciled(world);
  await world.clock.advance(QUIET_MS);
  world.engine.generate(request);
  await world.clock.flush();
  expect(await reconciled(world)).toEqual([]);
});

test("a backend whose balance may not be read leaves the doubt as it is", async () => {
  const world = createTestEngine({ guarantee: "at-most-once" });
  world.ledger.failNext("reserveCredits", "answer-lost");
  const { generation } = await ended(world);
  await reconciled(world);
  await world.clock.advance(QUIET_MS);
  expect(await reconciled(world)).toEqual([]);
  expect(generation.getSnapshot().settlement).toBe("unknown");
});

test("a hold that may belong to another device resolves nothing", async () => {
  const world = createTestEngine({ guarantee: "reconciled" });
  world.ledger.failNext("reserveCredits", "request-lost");
  await ended(world);
  world.ledger.books.reserved = 50;
  await reconciled(world);
  await world.clock.advance(QUIET_MS);
  expect(await reconciled(world)).toEqual([]);
});

describe("says why it resolves nothing", () => {
  const whyOf = ({ events }: TestEngine): readonly string[] =>
    events.flatMap((event) => (event.type === "reconcile-undecided" ? `${event.reason} ${event.doubts}` : []));

  /** An engine with one hold in doubt, after the quiet period unless it is too early. */
  async function inDoubt(options: Parameters<typeof createTestEngine>[0] = {}, waitMs = QUIET_MS) {
    const world = createTestEngine({ guarantee: "reconciled", ...options });
    world.ledger.failNext("reserveCredits", "answer-lost");
    await ended(world);
    await reconciled(world);
    await world.clock.advance(waitMs);
    return world;
  }

  test("where the balance cannot be read, which will never change", async () => {
    const world = await inDoubt({ guarantee: "at-most-once" });
    await reconciled(world);
    expect(whyOf(world)).toEqual(["no-balance 1", "no-balance 1"]);
  });

  test("where it is too early, and nothing where there is no doubt", async () => {
    const world = await inDoubt({}, 60_000);
    await reconciled(world);
    expect(whyOf(world)).toEqual(["too-early 1", "too-early 1"]);
    const calm = createTestEngine({ guarantee: "reconciled" });
    await ended(calm);
    await reconciled(calm);
    expect(whyOf(calm)).toEqual([]);
  });

  test("where another generation runs", async () => {
    const world = await inDoubt();
    world.engine.generate(request);
    await world.clock.flush();
    await reconciled(world);
    expect(whyOf(world).at(-1)).toBe("not-idle 1");
  });

  test("where the balance fits no answer, or cannot be read this time", async () => {
    const world = await inDoubt();
    world.ledger.books.reserved += 1;
    await reconciled(world);
    expect(whyOf(world).at(-1)).toBe("ambiguous 1");
    Object.assign(world.ledger.books, { reserved: 208 });
    await reconciled(world);
    expect(world.engine.unresolved()).toEqual([]);
  });

  test("where another tab holds it, or the storage names others", async () => {
    const locks = createLocalLocks();
    const storage = createMemoryStorage();
    const persistence = { storage, locks, user: "ada", onUnreadable: () => undefined };
    const world = await inDoubt({ persistence });
    const release = await locks.tryLock("generation-1");
    await reconciled(world);
    expect(whyOf(world).at(-1)).toBe("locked 1");
    release?.();
    await storage.setItem("video-engine:1:ada:ids", "generation-1,generation-9");
    await reconciled(world);
    expect(whyOf(world).at(-1)).toBe("other-records 1");
  });
});

test("a clock that is set forward does not end the quiet period: a call in doubt may still be on its way", async () => {
  const world = createTestEngine({ guarantee: "reconciled" });
  world.ledger.failNext("reserveCredits", "answer-lost");
  const { generation } = await ended(world);
  await reconciled(world);
  world.clock.jump(QUIET_MS);
  expect(await reconciled(world)).toEqual([]);
  await world.clock.advance(QUIET_MS);
  expect(await reconciled(world)).toEqual([generation.id]);
});

test("an engine that is disposed of within the quiet period leaves no timer", async () => {
  const world = createTestEngine({ guarantee: "reconciled" });
  world.ledger.failNext("reserveCredits", "answer-lost");
  await ended(world);
  await reconciled(world);
  expect(world.clock.pending).toBe(1);
  world.engine.dispose();
  expect(world.clock.pending).toBe(0);
});
