// resume() after the app was killed: in every phase, at once and hours later, once or several times, in one tab or two. What may be left
// open on a backend without keys is the crash matrix's subject. Here it is what the user sees, and that nothing is done twice.
import { describe, expect, test } from "vitest";
import { createDeadDevice, createDevice, REQUEST, type Device, type Moment } from "./__fixtures__/mortal-device.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Longer than any deadline of the engine, and the provider cannot cancel. */
const late: NonNullable<Moment["device"]> = {
  jobMs: 4 * HOUR,
  prepare: ({ api }) => api.answerCancelWith("unsupported"),
};
const failing: NonNullable<Moment["device"]> = { prepare: ({ api }) => api.playNext({ fail: "provider-failed" }) };

interface Row extends Moment {
  /** The state in the record when the app dies. */
  readonly phase: string;
  /** What the user sees on each backend when the app is opened a minute later, and eight hours later. */
  readonly "exactly-once": readonly [string, string];
  readonly "at-most-once": readonly [string, string];
}

const video = "completed captured";
const charged = "completed unknown";
const released = "failed released";
const unknown = "failed unknown";
const canceled = "canceled released";

const row = (
  [phase, call, nth = 1]: readonly [string, string, number?],
  exactlyOnce: Row["exactly-once"],
  atMostOnce: Row["at-most-once"],
  device: NonNullable<Moment["device"]> = {},
): Row => ({ phase, call, nth, "exactly-once": exactlyOnce, "at-most-once": atMostOnce, device });

const PHASES: readonly Row[] = [
  row(["acquiring-slot", "ledger.acquireSlot"], [video, canceled], ["failed none", "canceled none"]),
  row(["reserving-credits", "ledger.reserveCredits"], [video, canceled], [unknown, "canceled unknown"]),
  row(["creating-session", "ledger.createSession"], [video, canceled], [released, canceled]),
  row(["recording", "ledger.recordRow"], [video, canceled], [released, canceled]),
  row(["submitting", "api.submit"], [video, canceled], [released, canceled]),
  row(["polling", "ledger.updateRow"], [video, video], [video, video]),
  row(["polling", "api.status"], [video, video], [video, video]),
  row(["giving-up", "api.cancel"], [released, video], [released, video], late),
  row(["settling", "ledger.updateRow", 2], [video, video], [video, video]),
  row(["settling", "ledger.captureCredits"], [video, video], [charged, charged]),
  row(["settling", "ledger.releaseCredits"], [released, released], [unknown, unknown], failing),
  row(["watching", "api.status", -3], [released, released], [released, released], late),
];
/** Under a key these are one state. */
const BOTH: readonly string[] = ["acquiring-slot", "reserving-credits"];
const FAULTS = ["dies-before", "dies-after"] as const;

/** Lets a day pass, and returns what the user sees. */
async function toldBy(device: Device, engine: ReturnType<Device["open"]>): Promise<string> {
  await device.clock.advance(26 * HOUR);
  const [snapshot, ...others] = engine.list();
  expect(others).toEqual([]);
  return `${snapshot?.status} ${snapshot?.settlement}`;
}

describe.each(["exactly-once", "at-most-once"] as const)("on a %s backend, an app that is killed", (guarantee) => {
  test.each(PHASES)("while $phase ($call) is resumed, soon or hours later", async (row) => {
    for (const fault of FAULTS) {
      for (const [index, awayMs] of [MINUTE, 8 * HOUR].entries()) {
        const device = await createDeadDevice(row, fault, guarantee);
        const isBoth = guarantee === "exactly-once" && BOTH.includes(row.phase);
        expect(await device.stored()).toBe(isBoth ? "acquiring-both" : row.phase);
        expect(device.clock.pending).toBe(0);
        device.clock.jump(awayMs);
        const engine = device.open();
        expect(await device.resume(engine)).toEqual(["generation-1"]);
        expect(await toldBy(device, engine)).toBe(row[guarantee][index]);
        expect(device.api.jobs.length).toBeLessThanOrEqual(1);
        expect(device.ledger.books.captured + device.ledger.books.released).toBeLessThanOrEqual(208);
        if (guarantee === "exactly-once") expect(device.leftOpen()).toEqual({ credits: 0, slots: 0, rows: 0 });
        expect(device.clock.pending).toBe(0);
      }
    }
  });
});

type Way = (device: Device, engine: ReturnType<Device["open"]>) => Promise<unknown>;
const WAYS: readonly (readonly [string, Way])[] = [
  ["twice, one after the other", async (device, engine) => [await device.resume(engine), await device.resume(engine)]],
  ["ten times at once", (device, engine) => Promise.all(Array.from({ length: 10 }, () => device.resume(engine)))],
  [
    "again after every change",
    async (device, engine) => {
      engine.subscribe(() => void engine.resume());
      await device.resume(engine);
    },
  ],
  ["in two tabs at once", (device, engine) => Promise.all([device.resume(engine), device.resume(device.open())])],
];

/** Everything that was sent since, and its outcome. */
async function after(device: Device, way: Way): Promise<unknown> {
  const before = device.trace.length;
  const engine = device.open();
  await way(device, engine);
  const told = await toldBy(device, engine);
  return { told, sent: device.sentSince(before), books: device.ledger.books };
}

describe.each(WAYS)("resumed %s", (_, way) => {
  test.each(PHASES)("while $phase ($call) sends what it sends when resumed once", async (row) => {
    for (const guarantee of ["exactly-once", "at-most-once"] as const) {
      const once = await after(await createDeadDevice(row, "dies-after", guarantee), (device, engine) =>
        device.resume(engine),
      );
      expect(await after(await createDeadDevice(row, "dies-after", guarantee), way)).toEqual(once);
    }
  });
});

test("called at the same moment, over a slow storage, each call returns the same generation", async () => {
  const device = await createDeadDevice({ call: "api.status" }, "dies-after", "exactly-once");
  const { getItem } = device.storage;
  device.storage.getItem = (key) =>
    new Promise((resolve) => void device.clock.setTimeout(() => resolve(getItem(key)), 50));
  const engine = device.open();
  const taken = [engine.resume(), engine.resume(), engine.resume()];
  await device.clock.advance(MINUTE);
  for (const generations of await Promise.all(taken)) expect(generations.map(({ id }) => id)).toEqual(["generation-1"]);
});

describe("resume() while generations run", () => {
  test("returns the handles that run, and changes nothing about them", async () => {
    const [quiet, device] = [createDevice(), createDevice()];
    const engine = device.open();
    quiet.open().generate(REQUEST);
    const generation = engine.generate(REQUEST);
    for (let step = 0; step < 40; step++) {
      const taken = engine.resume();
      await device.clock.advance(5_000);
      for (const handle of await taken) expect(handle).toBe(generation);
    }
    await quiet.clock.advance(200_000);
    expect(generation.getSnapshot().status).toBe("completed");
    expect(engine.list()).toHaveLength(1);
    expect(device.sentSince(0)).toEqual(quiet.sentSince(0));
    device.ledger.assertBalanced();
  });

  test("resumes one that was detached here, under a new handle", async () => {
    const device = createDevice();
    const engine = device.open();
    const generation = engine.generate(REQUEST);
    await device.clock.advance(40_000);
    generation.detach();
    await device.clock.advance(DAY);
    expect(await device.resume(engine)).toEqual([generation.id]);
    expect(engine.get(generation.id)).not.toBe(generation);
    expect(await toldBy(device, engine)).toBe(video);
    device.ledger.assertBalanced();
  });
});

describe("after dispose", () => {
  test("resume() is refused, and asks the storage nothing", async () => {
    const device = await createDeadDevice({ call: "api.status" }, "dies-after", "exactly-once");
    const engine = device.open();
    engine.dispose();
    const before = device.trace.length;
    await expect(engine.resume()).rejects.toMatchObject({ code: "disposed" });
    expect(device.trace).toHaveLength(before);
  });

  test("in the middle of a resume, at any moment: nothing more is sent, nothing waits, and the next resume finishes it", async () => {
    for (let ticks = 0; ticks < 40; ticks++) {
      const device = await createDeadDevice({ call: "api.status" }, "dies-after", "exactly-once");
      const first = device.open();
      const resuming = first.resume();
      for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
      first.dispose();
      const before = device.trace.length;
      await device.clock.advance(DAY);
      await resuming;
      expect(device.sentSince(before)).toEqual([]);
      expect(device.locked()).toEqual([]);
      expect(device.clock.pending).toBe(0);
      const second = device.open();
      expect(await device.resume(second)).toEqual(["generation-1"]);
      expect(await toldBy(device, second)).toBe(video);
    }
  });
});
