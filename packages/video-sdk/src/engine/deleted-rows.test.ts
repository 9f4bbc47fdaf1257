// The user deletes the tile of a running generation, here or on another device: the video is recorded anew, once, and then paid for. Without a
// video there is nothing to record, and nothing stays held.
import { describe, expect, test } from "vitest";
import { createDevice } from "./__fixtures__/mortal-device.ts";
import { createTestEngine, type TestEngineOptions } from "../testing/create-test-engine.ts";

const REQUEST = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
const GUARANTEES = ["at-most-once", "reconciled", "exactly-once"] as const;

async function withDeletedRow(options: TestEngineOptions) {
  const world = createTestEngine(options);
  const generation = world.engine.generate(REQUEST);
  await world.clock.advance(40_000);
  expect(world.ledger.deleteRow("row-1")).toBe(true);
  return { ...world, generation };
}

describe.each(GUARANTEES)("on a backend that is %s, the row of a running job is deleted", (guarantee) => {
  test("and its video comes: it is recorded anew with its prompt, saved and captured", async () => {
    const { clock, ledger, generation } = await withDeletedRow({ guarantee });
    await clock.advance(300_000);
    expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "captured", rowId: "row-2" });
    expect(ledger.books.rows).toMatchObject([{ id: "row-2", prompt: REQUEST.prompt, isLoading: false }]);
    expect(ledger.books.rows[0]?.videos).toHaveLength(1);
    expect(ledger.calls.filter((call) => call === "recordRow")).toHaveLength(2);
    ledger.assertBalanced();
    expect(clock.pending).toBe(0);
  });

  test("and its job fails: the credits are released, and nothing is recorded", async () => {
    const world = createTestEngine({ guarantee });
    world.api.playNext({ fail: "content-rejected" });
    const generation = world.engine.generate(REQUEST);
    await world.clock.advance(40_000);
    world.ledger.deleteRow("row-1");
    await world.clock.advance(300_000);
    expect(await generation.outcome).toMatchObject({ status: "failed", settlement: "released" });
    expect(world.ledger.books.rows).toEqual([]);
    expect(world.ledger.calls.filter((call) => call === "updateRow").length).toBeLessThanOrEqual(2);
    world.ledger.assertBalanced();
  });

  test("and the new one is deleted too: that is not a third one, and the credits stay held and listed", async () => {
    const { clock, ledger, generation, engine } = await withDeletedRow({ guarantee });
    for (let times = 0; times < 2; times++) ledger.failNext("updateRow", { refused: "not-found" });
    await clock.advance(300_000);
    expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "held" });
    expect(engine.unresolved()).toHaveLength(1);
    expect(ledger.calls.filter((call) => call === "recordRow")).toHaveLength(2);
    expect(ledger.books.slots).toMatchObject([{ status: "completed" }]);
  });

  test("and it is refused for a while: it is tried again, and captured", async () => {
    const { clock, ledger, generation } = await withDeletedRow({ guarantee: "at-most-once" });
    for (let times = 0; times < 2; times++) ledger.failNext("recordRow", { refused: "settlement-failed" });
    await clock.advance(600_000);
    expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "captured" });
    ledger.assertBalanced();
  });

  test("and the process dies at any call from then on: after a restart it is there once, and captured or listed", async () => {
    for (const fault of ["dies-before", "dies-after", "fails", "fails-after"] as const) {
      for (let call = 0; call < 14; call++) {
        const device = createDevice({ guarantee });
        device.open().generate(REQUEST);
        await device.clock.advance(40_000);
        device.ledger.deleteRow("row-1");
        device.faults.set(device.trace.length + call, fault);
        await device.clock.advance(600_000);
        const again = device.open();
        await device.resume(again);
        await device.clock.advance(600_000);
        const { books } = device.ledger;
        const isOpen = again.unresolved().length === 1;
        const credits = isOpen ? { captured: 0, reserved: 208 } : { captured: 208, reserved: 0 };
        expect({ ...books, fault, call }).toMatchObject({ ...credits, mismatchedRepeats: 0, fault, call });
        expect(books.rows.length).toBeLessThanOrEqual(1);
        if (guarantee === "exactly-once") expect([books.rows[0]?.videos.length, isOpen]).toEqual([1, false]);
      }
    }
  });
});

test("the answer to the new row is lost, without keys: it is not recorded a third time, and the credits stay held and listed", async () => {
  const { clock, ledger, generation, engine } = await withDeletedRow({ guarantee: "at-most-once" });
  ledger.failNext("recordRow", "answer-lost");
  await clock.advance(600_000);
  expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "held" });
  expect(ledger.calls.filter((call) => call === "recordRow")).toHaveLength(2);
  expect(engine.unresolved()).toHaveLength(1);
});
