// Loading rows without a record here: adopted on request, delivered once, and their credits left alone without proof.
import type { Guarantee } from "../ports.ts";
import { describe, expect, test } from "vitest";
import { defaultPollingPolicy } from "../core/polling-policy.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createMemoryStorage } from "../platform/memory-storage.ts";
import { createFakeLedger } from "../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../testing/fake-video-api.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createEngine, type GenerationEngine } from "./create-engine.ts";
import type { ResumeOptions } from "./recovery.ts";

const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;

/** One user whose storage was lost while the provider worked on a generation. */
async function afterLoss(guarantee: Guarantee = "at-most-once") {
  const clock = createTestClock();
  const ledger = createFakeLedger({ guarantee, now: () => clock.now() });
  const api = createFakeVideoApi({ clock });
  const locks = createLocalLocks();
  let ids = 0;
  const open = (storage = createMemoryStorage(), readLoadingRows = ledger.readLoadingRows): GenerationEngine =>
    createEngine({
      ledger: { ...ledger, readLoadingRows },
      api,
      polling: defaultPollingPolicy,
      platform: { clock, random: () => 0.5, createId: () => `generation-${++ids}` },
      persistence: { storage, locks, user: "user-1", onUnreadable: () => undefined },
    });
  const first = open();
  first.generate(request);
  await clock.advance(40_000);
  first.dispose();
  await clock.flush();
  const resume = async (engine: GenerationEngine, options?: ResumeOptions): Promise<number> => {
    let count: number | undefined;
    void engine.resume(options).then((generations) => (count = generations.length));
    await clock.advanceUntil(() => count !== undefined);
    return count ?? 0;
  };
  const finish = (engine: GenerationEngine): Promise<void> =>
    clock.advanceUntil(() => engine.list().every(({ status }) => status !== "running"));
  return { clock, ledger, api, open, resume, finish };
}

describe("a loading row without a record", () => {
  test("is left alone unless adopting is asked for", async () => {
    const device = await afterLoss();
    expect(await device.resume(device.open())).toBe(0);
  });

  test("is delivered, its slot closed, and its credits reported as unknown", async () => {
    const device = await afterLoss();
    const engine = device.open();
    expect(await device.resume(engine, { adopt: true })).toBe(1);
    expect(engine.list()).toMatchObject([{ status: "running", phase: "polling", settlement: "unknown" }]);
    await device.finish(engine);
    expect(engine.list()).toMatchObject([{ status: "completed", settlement: "unknown", rowId: "row-1" }]);
    const { rows, slots, reserved, captured, released } = device.ledger.books;
    expect(rows[0]).toMatchObject({ isLoading: false, videos: [expect.any(String)] });
    expect(slots[0]?.status).toBe("completed");
    expect({ captured, released }).toEqual({ captured: 0, released: 0 });
    expect(reserved).toBeGreaterThan(0);
    expect(engine.unresolved()).toHaveLength(1);
  });

  test("is settled by reading the balance back, where that can be done", async () => {
    const device = await afterLoss("reconciled");
    const engine = device.open();
    await device.resume(engine, { adopt: true });
    await device.finish(engine);
    expect(await engine.reconcile()).toEqual([]);
    await device.clock.advance(121_000);
    expect(await engine.reconcile()).toEqual(["row-row-1"]);
    expect(engine.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
    device.ledger.assertBalanced();
  });

  test("is not adopted when its generation ends in another tab while the rows are read", async () => {
    const device = await afterLoss();
    const storage = createMemoryStorage();
    const one = device.open(storage);
    const { outcome } = one.generate(request);
    await device.clock.advance(40_000);
    const two = device.open(storage, async () => {
      const rows = await device.ledger.readLoadingRows?.();
      await outcome;
      return rows ?? { ok: true, value: [] };
    });
    await device.resume(two, { adopt: true });
    expect(two.list().map(({ rowId }) => rowId)).not.toContain(one.list()[0]?.rowId);
    expect(device.ledger.books.rows).toHaveLength(2);
  });

  test("is adopted once: asked twice, by two engines, and after it is over", async () => {
    const device = await afterLoss();
    const storage = createMemoryStorage();
    const [one, two] = [device.open(storage), device.open(storage)];
    expect(await device.resume(one, { adopt: true })).toBe(1);
    expect(await device.resume(one, { adopt: true })).toBe(0);
    expect(await device.resume(two, { adopt: true })).toBe(0);
    await device.finish(one);
    expect(await device.resume(one, { adopt: true })).toBe(1);
    expect(device.ledger.calls.filter((method) => method === "captureCredits")).toEqual([]);
    expect(device.api.jobs).toHaveLength(1);
  });

  test("is not taken from another tab that has its record", async () => {
    const device = await afterLoss();
    const storage = createMemoryStorage();
    const driving = device.open(storage);
    driving.generate(request);
    await device.clock.advance(40_000);
    const other = device.open(storage);
    await device.resume(other, { adopt: true });
    expect(other.list().map(({ id }) => id)).toEqual(["row-row-1"]);
  });

  test("is no failure when the rows cannot be read", async () => {
    const device = await afterLoss();
    const { readLoadingRows: _, ...atMostOnce } = device.ledger;
    const engine = createEngine({
      ledger: atMostOnce,
      api: device.api,
      polling: defaultPollingPolicy,
      platform: { clock: device.clock, random: () => 0.5, createId: () => "x" },
      persistence: {
        storage: createMemoryStorage(),
        locks: createLocalLocks(),
        user: "user-1",
        onUnreadable: () => undefined,
      },
    });
    expect(await device.resume(engine, { adopt: true })).toBe(0);
  });
});
