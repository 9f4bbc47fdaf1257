// A settlement step that the backend refuses for good: three times, then told, and once more at each start. Nothing else waits for it.
import { describe, expect, test } from "vitest";
import type { LedgerMethod } from "../testing/fake-ledger.ts";
import { createDevice, REQUEST, type Device } from "./__fixtures__/mortal-device.ts";

const HOUR = 3_600_000;

const STEPS: readonly (readonly [step: string, method: LedgerMethod, left: Partial<ReturnType<Device["leftOpen"]>>])[] =
  [
    ["save-row", "updateRow", { credits: 208, rows: 1 }],
    ["capture-credits", "captureCredits", { credits: 208 }],
    ["close-slot", "closeSlot", { slots: 1 }],
  ];

/** A device whose backend refuses a method from the moment the job runs on. */
async function refusing(method: LedgerMethod, times: number) {
  const device = createDevice({ guarantee: "at-most-once" });
  const generation = device.open().generate(REQUEST);
  await device.clock.advance(60_000);
  for (let left = times; left > 0; left--) device.ledger.failNext(method, { refused: "settlement-failed" });
  const sent = () => device.ledger.calls.filter((call) => call === method).length;
  const before = sent();
  await device.clock.advance(HOUR);
  const givenUp = () =>
    device.events.flatMap((event) => ("isGivenUp" in event && event.isGivenUp ? [event.effect] : []));
  return { device, generation, sent: () => sent() - before, givenUp };
}

describe.each(STEPS)("%s", (step, method, left) => {
  test("is given up after three refusals, told by an event, and tried again at the next start", async () => {
    const { device, generation, sent, givenUp } = await refusing(method, 6);
    expect(sent()).toBe(3);
    expect(givenUp()).toEqual([step]);
    expect(await generation.outcome).toMatchObject({ status: "completed" });
    expect(device.leftOpen()).toEqual({ credits: 0, slots: 0, rows: 0, ...left });

    await device.resume(device.open());
    await device.clock.advance(HOUR);
    expect(sent()).toBe(6);
    expect(givenUp()).toEqual([step, step]);

    await device.resume(device.open());
    await device.clock.advance(HOUR);
    expect(device.leftOpen()).toEqual({ credits: 0, slots: 0, rows: 0 });
    expect(device.ledger.books).toMatchObject({ captured: 208, refusedSettlements: 0 });
    device.ledger.assertBalanced();
  });

  test("is done by the third attempt where two were refused, and nothing is told as given up", async () => {
    const { device, givenUp } = await refusing(method, 2);
    expect(givenUp()).toEqual([]);
    device.ledger.assertBalanced();
  });
});
