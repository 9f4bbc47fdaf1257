// Nothing is left behind by leaving: after detach() or dispose(), at any moment, there is no timer, no listener on the caller's signal, no
// further call to anything and no event.
import { describe, expect, test } from "vitest";
import type { Device } from "./__fixtures__/mortal-device.ts";
import { NOTHING, leftoversOf, start, type Started } from "./__fixtures__/leftovers.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

type Way = (started: Started) => void;
const LETTING_GO: readonly (readonly [string, Way])[] = [
  ["detached", ({ generation }) => generation.detach()],
  ["disposed of", ({ engine }) => engine.dispose()],
  [
    "detached and disposed of, twice",
    ({ generation, engine }) => [1, 2].forEach(() => (generation.detach(), engine.dispose())),
  ],
  ["canceled and detached", ({ generation }) => (void generation.cancel(), generation.detach())],
];

describe.each(LETTING_GO)("a generation that is %s", (_, letGo) => {
  test("at any of its events leaves nothing, but for the calls that are out", async () => {
    for (let moment = 0; ; moment++) {
      const started = start();
      const { device, generation } = started;
      let [heard, left] = [0, 0];
      const leave = (): void => {
        letGo(started);
        left = device.trace.length;
      };
      if (moment === 0) leave();
      else generation.on(() => void (++heard === moment && leave()));
      await device.clock.advance(10 * MINUTE);
      if (heard < moment) return expect(moment).toBeGreaterThan(20);
      expect(device.sentSince(left)).toEqual([]);
      expect(await leftoversOf(started)).toEqual(NOTHING);
      // Canceled before its lock was there, it ends at once: nothing was called.
      const open = moment === 0 ? ["running", "canceled"] : ["running"];
      expect(open).toContain(generation.getSnapshot().status);
    }
  });

  test("at any tick from its first call on sends nothing more, and lets go of its lock once the storage is let alone", async () => {
    for (let ticks = 0; ticks < 250; ticks++) {
      const started = start();
      const { device } = started;
      while (device.sentSince(0).length === 0) await Promise.resolve();
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      letGo(started);
      const left = device.trace.length;
      while (device.locked().length > 0) await Promise.resolve();
      expect(device.storageInFlightCalls()).toBe(0);
      await device.clock.flush();
      expect(device.sentSince(left)).toEqual([]);
    }
  });

  test.each([
    "acquireSlot",
    "reserveCredits",
    "createSession",
    "recordRow",
    "updateRow",
    "captureCredits",
    "closeSlot",
  ] as const)("while %s never answers leaves nothing", async (method) => {
    const started = start({ prepare: ({ ledger }) => ledger.failNext(method, "hang") });
    await started.device.clock.advance(5 * MINUTE);
    letGo(started);
    expect(await leftoversOf(started)).toEqual(NOTHING);
  });

  test.each([
    [
      "to try again to reserve",
      ({ ledger }: Device) => ledger.failNext("reserveCredits", { refused: "rate-limited", retryAfterMs: 50_000 }),
      1_000,
    ],
    ["to ask again after a lost answer", ({ api }: Device) => api.failNext("status", "request-lost"), 32_000],
    [
      "to try again to capture",
      ({ ledger }: Device) => ledger.failNext("captureCredits", { refused: "internal", retryAfterMs: 50_000 }),
      100_000,
    ],
    ["for the storage", ({ faults }: Device) => [8, 9, 10, 11].forEach((index) => faults.set(index, "fails")), 500],
  ])("while it waits %s leaves nothing", async (_name, fail, afterMs) => {
    const started = start({}, fail);
    await started.device.clock.advance(afterMs);
    expect(started.device.clock.pending).toBeGreaterThan(0);
    letGo(started);
    expect(await leftoversOf(started)).toEqual(NOTHING);
  });
});

test("an answer that comes after the engine was disposed of is ignored", async () => {
  for (const method of ["acquireSlot", "reserveCredits", "recordRow", "captureCredits"] as const) {
    let answer = (): void => undefined;
    const started = start({
      prepare: ({ ledger }) => {
        const original = ledger[method] as (input: unknown) => Promise<unknown>; // each has its own input
        Object.assign(ledger, {
          [method]: (input: unknown) => new Promise((resolve) => (answer = () => resolve(original(input)))),
        });
      },
    });
    await started.device.clock.advance(5 * MINUTE);
    started.engine.dispose();
    const before = [started.device.trace.length, started.device.events.length];
    answer();
    await started.device.clock.advance(DAY);
    expect([started.device.trace.length, started.device.events.length]).toEqual(before);
    expect(await leftoversOf(started)).toEqual(NOTHING);
  }
});
