// A slot that may have leaked is listed, with what is known of it.
import { describe, expect, test } from "vitest";
import { UNDONE_LIMIT_MS } from "../core/ended.ts";
import type { Guarantee } from "../ports.ts";
import { createDevice, type Device } from "./__fixtures__/mortal-device.ts";
import { createTestEngine } from "../testing/create-test-engine.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const HOUR_MS = 3_600_000;

test("a slot whose request was never answered is listed: only the backend can free it", async () => {
  const { engine, ledger, clock } = createTestEngine({ slots: 1 });
  ledger.failNext("acquireSlot", "answer-lost");
  const lost = engine.generate(REQUEST);
  await clock.advance(HOUR_MS);
  expect(lost.getSnapshot()).toMatchObject({ status: "failed", settlement: "none", openSlot: "unknown" });
  expect(engine.unresolved().map(({ id }) => id)).toEqual([lost.id]);
});

test("a slot whose closing was given up is listed, though its credits are settled", async () => {
  const { engine, ledger, clock } = createTestEngine({ slots: 1 });
  for (let tries = 0; tries < 50; tries += 1) ledger.failNext("closeSlot", { refused: "internal" });
  const stuck = engine.generate(REQUEST);
  await clock.advance(HOUR_MS);
  expect(stuck.getSnapshot()).toMatchObject({ status: "completed", settlement: "captured", openSlot: "held" });
  expect(engine.unresolved().map(({ id }) => id)).toEqual([stuck.id]);
});

test("a generation that ended well is not listed", async () => {
  const { engine, clock } = createTestEngine({ slots: 1 });
  const well = engine.generate(REQUEST);
  await clock.advance(HOUR_MS);
  expect([well.getSnapshot().status, engine.unresolved()]).toEqual(["completed", []]);
});

describe("after a restart", () => {
  const refuseClosing = (device: Device, times: number): void => {
    for (let tries = 0; tries < times; tries += 1) device.ledger.failNext("closeSlot", { refused: "internal" });
  };
  /** A device on which one generation has ended, and whose app was closed after that. */
  const endedOn = async (guarantee: Guarantee, prepare: (device: Device) => void): Promise<Device> => {
    const device = createDevice({ guarantee });
    prepare(device);
    const engine = device.open();
    const generation = engine.generate(REQUEST);
    await device.clock.advanceUntil(() => generation.getSnapshot().status !== "running");
    await device.clock.flush();
    engine.dispose();
    return device;
  };
  const loseSlot = (device: Device): void => device.ledger.failNext("acquireSlot", "answer-lost");

  test("a slot whose closing was given up is closed, and not listed any more", async () => {
    const device = await endedOn("at-most-once", (one) => refuseClosing(one, 3));
    const engine = device.open();
    expect(await device.resume(engine)).toEqual(["generation-1"]);
    await device.clock.advance(HOUR_MS);
    expect([engine.unresolved(), device.leftOpen().slots]).toEqual([[], 0]);
    expect(await device.stored()).toBeUndefined();
  });

  test("it is listed again where closing it is refused again", async () => {
    const device = await endedOn("at-most-once", (one) => refuseClosing(one, 50));
    const engine = device.open();
    await device.resume(engine);
    await device.clock.advance(HOUR_MS);
    expect(engine.unresolved()).toMatchObject([{ id: "generation-1", settlement: "captured", openSlot: "held" }]);
  });

  test("a slot whose id is unknown is still listed, for a week, and nothing is called for it", async () => {
    const device = await endedOn("at-most-once", loseSlot);
    const engine = device.open();
    const before = device.trace.length;
    await device.resume(engine);
    expect(engine.unresolved()).toMatchObject([{ status: "failed", settlement: "none", openSlot: "unknown" }]);
    expect(device.sentSince(before)).toEqual([]);
    engine.dispose();
    await device.clock.advance(UNDONE_LIMIT_MS + 1);
    const later = device.open();
    await device.resume(later);
    await device.clock.advance(HOUR_MS);
    expect(later.unresolved()).toEqual([]);
    expect(await device.stored()).toBeUndefined();
  });

  test("under a key the slot is found out, and closed", async () => {
    const device = await endedOn("exactly-once", (one) => {
      for (let tries = 0; tries < 20; tries += 1) loseSlot(one);
    });
    const engine = device.open();
    await device.resume(engine);
    await device.clock.advance(HOUR_MS);
    expect([engine.unresolved(), device.leftOpen().slots]).toEqual([[], 0]);
  });

  test.each([
    ["closing was given up", (one: Device) => refuseClosing(one, 3)],
    ["request was never answered", loseSlot],
  ])("a sign-out erases the record of a slot whose %s, as of all that holds no credits", async (_, prepare) => {
    const device = await endedOn("at-most-once", prepare);
    expect(await device.stored()).toBeDefined();
    expect(await device.open().forget()).toEqual({ kept: [], givenUp: [] });
    expect(await device.stored()).toBeUndefined();
  });

  test("reconcile() reads holds in doubt back beside it", async () => {
    const device = await endedOn("reconciled", loseSlot);
    device.ledger.failNext("captureCredits", "answer-lost");
    const engine = device.open();
    await device.resume(engine);
    const charged = engine.generate(REQUEST);
    await device.clock.advance(HOUR_MS);
    expect(charged.getSnapshot().settlement).toBe("unknown");
    await engine.reconcile();
    await device.clock.advance(HOUR_MS);
    expect(await engine.reconcile()).toEqual([charged.id]);
    expect(engine.unresolved()).toMatchObject([{ openSlot: "unknown" }]);
  });
});
