// Nothing is left behind once a generation has ended: no timer, no listener on the caller's signal, no call to anything and no event.
import { describe, expect, test } from "vitest";
import { createDevice, REQUEST, type DeviceOptions } from "./__fixtures__/mortal-device.ts";
import { createHeardSignal, NOTHING, leftoversOf, start } from "./__fixtures__/leftovers.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const pendingForever: DeviceOptions = { prepare: ({ api }) => api.playNext("never") };
const refuseCapture: DeviceOptions = {
  prepare: ({ ledger }) => {
    for (let times = 0; times < 8; times++) ledger.failNext("captureCredits", { refused: "internal" });
  },
};

const ENDINGS: readonly (readonly [string, DeviceOptions, string])[] = [
  ["delivered", {}, "completed captured"],
  ["delivered at once", { prepare: ({ api }) => api.playNext("immediate") }, "completed captured"],
  ["failed by the provider", { prepare: ({ api }) => api.playNext({ fail: "provider-failed" }) }, "failed released"],
  ["finished without a video", { prepare: ({ api }) => api.playNext("empty") }, "failed released"],
  ["given up, and removed at the provider", pendingForever, "failed released"],
  [
    "given up, watched for a day and never finished",
    { prepare: ({ api }) => (api.playNext("never"), api.answerCancelWith("unsupported")) },
    "failed released",
  ],
  [
    "given up, watched and finished late",
    { jobMs: 90 * MINUTE, prepare: ({ api }) => api.answerCancelWith("unsupported") },
    "failed released",
  ],
  [
    "refused by the route",
    { prepare: ({ api }) => api.failNext("submit", { refused: "content-rejected" }) },
    "failed released",
  ],
  [
    "refused for want of credits",
    { prepare: ({ ledger }) => ledger.failNext("reserveCredits", { refused: "insufficient-credits" }) },
    "failed none",
  ],
  [
    "delivered after retries",
    { prepare: ({ ledger }) => ledger.failNext("reserveCredits", { refused: "rate-limited", retryAfterMs: 30_000 }) },
    "completed captured",
  ],
  [
    "not known to be submitted",
    { guarantee: "at-most-once", prepare: ({ api }) => api.failNext("submit", "answer-lost") },
    "failed released",
  ],
  [
    "not known to be reserved",
    { guarantee: "at-most-once", prepare: ({ ledger }) => ledger.failNext("reserveCredits", "answer-lost") },
    "failed unknown",
  ],
  ["delivered, and its credits still held", refuseCapture, "completed held"],
];

test.each(ENDINGS)("a generation that was %s leaves nothing", async (_, options, told) => {
  const started = start(options);
  await started.device.clock.advance(26 * 60 * MINUTE);
  const { status, settlement } = started.generation.getSnapshot();
  expect(`${status} ${settlement}`).toBe(told);
  expect(await leftoversOf(started)).toEqual(NOTHING);
});

test("a generation that the storage refused leaves nothing", async () => {
  const started = start({}, ({ faults }) => void faults.set(0, "fails"));
  await started.device.clock.flush();
  expect(started.generation.getSnapshot()).toMatchObject({ status: "failed", error: { code: "storage-failed" } });
  expect(await leftoversOf(started)).toEqual(NOTHING);
});

test.each([
  ["not valid", { ...REQUEST, duration: 7 }],
  ["for an unknown model", { ...REQUEST, model: "vid-none" as never }], // wrong on purpose
])("a request that is %s leaves nothing", async (_, request) => {
  const { signal, listeners } = createHeardSignal();
  const device = createDevice();
  const generation = device.open().generate(request, { signal });
  expect(generation.getSnapshot().status).toBe("failed");
  await device.clock.advance(DAY);
  expect([listeners.size, device.trace.length, device.events.length, device.clock.pending]).toEqual([0, 0, 0, 0]);
});

describe("a generation that is canceled", () => {
  test("at any of its events leaves nothing once it has settled", async () => {
    for (let moment = 0; ; moment++) {
      const started = start();
      const { device, generation, heard } = started;
      let events = 0;
      if (moment === 0) heard.abort();
      else generation.on(() => void (++events === moment && heard.abort()));
      await device.clock.advance(10 * MINUTE);
      if (events < moment) return expect(moment).toBeGreaterThan(20);
      expect(["canceled", "completed"]).toContain(generation.getSnapshot().status);
      device.ledger.assertBalanced();
      expect(await leftoversOf(started)).toEqual(NOTHING);
    }
  });
});
