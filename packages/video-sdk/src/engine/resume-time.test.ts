// Time that goes wrong: hours in the background, phones that slept for years, clocks that are set to another year while the app is closed.
// The provider's clock is always right. The one question on return must decide, not a clock.
import { describe, expect, test } from "vitest";
import { createDeadDevice, createDevice, REQUEST, type Device, type Moment } from "./__fixtures__/mortal-device.ts";

const HOUR = 3_600_000;
const YEAR = 365 * 24 * HOUR;

/** A job that outlasts every deadline of the engine, at a provider that cannot cancel. */
const late = { jobMs: 4 * HOUR, prepare: ({ api }) => api.answerCancelWith("unsupported") } satisfies Moment["device"];

/** A job that never ends. */
const stuck = { ...late, jobMs: YEAR } satisfies Moment["device"];

/** The moments at which the provider has the job, or has finished it, with the expected outcome. */
const WITH_A_JOB: readonly (readonly [string, Moment, string])[] = [
  ["the job was being asked about", { call: "api.status" }, "completed captured"],
  ["its id was being noted", { call: "ledger.updateRow" }, "completed captured"],
  ["it was being given up", { call: "api.cancel", device: late }, "completed captured"],
  ["it was given up and watched", { call: "api.status", nth: -3, device: late }, "failed released"],
];
const SETTLING: readonly (readonly [string, Moment, string])[] = [
  ["its row was being saved", { call: "ledger.updateRow", nth: 2 }, "completed captured"],
  ["its credits were being captured", { call: "ledger.captureCredits" }, "completed captured"],
];
const STARTS = ["ledger.acquireSlot", "ledger.reserveCredits", "ledger.createSession", "ledger.recordRow"];

/** Opens the app again. Returns what the user sees within ten seconds, and how often the provider was asked. */
async function onReturn(device: Device): Promise<{ told: string; asked: number }> {
  const before = device.api.calls.status;
  const engine = device.open();
  await device.resume(engine);
  await device.clock.advance(10_000);
  const [snapshot] = engine.list();
  return { told: `${snapshot?.status} ${snapshot?.settlement}`, asked: device.api.calls.status - before };
}

function expectSettled(device: Device): void {
  expect(device.leftOpen()).toEqual({ credits: 0, slots: 0, rows: 0 });
  expect(device.clock.pending).toBe(0);
}

const AWAY: readonly (readonly [string, number, number])[] = [
  ["eight hours", 8 * HOUR, 0],
  ["ten years", 10 * YEAR, 0],
  ["five hours, with the clock set a year ahead,", 5 * HOUR, YEAR],
  ["five hours, with the clock set ten years ahead,", 5 * HOUR, 10 * YEAR],
  ["five hours, with the clock set a year back,", 5 * HOUR, -YEAR],
  ["five hours, with the clock set back to before computers,", 5 * HOUR, -50 * YEAR],
];

describe.each(AWAY)("an app that comes back after %s", (_, awayMs, wrongByMs) => {
  test.each(WITH_A_JOB)("where %s: one question, and the video is there", async (_name, moment, told) => {
    const device = await createDeadDevice(moment, "dies-after", "exactly-once");
    device.clock.jump(awayMs);
    device.setClock(wrongByMs);
    expect(await onReturn(device)).toEqual({ told, asked: 1 });
    expect(device.ledger.books.rows[0]?.videos).toEqual(["https://videos.test/job-1.mp4"]);
    expectSettled(device);
  });

  test.each(SETTLING)("where %s: no question, and the books are settled", async (_name, moment, told) => {
    const device = await createDeadDevice(moment, "dies-after", "exactly-once");
    device.clock.jump(awayMs);
    device.setClock(wrongByMs);
    expect(await onReturn(device)).toEqual({ told, asked: 0 });
    expectSettled(device);
  });

  test.each(STARTS)("where %s was on its way: no job, or one that is charged for once", async (call) => {
    const device = await createDeadDevice({ call }, "dies-after", "exactly-once");
    device.clock.jump(awayMs);
    device.setClock(wrongByMs);
    await onReturn(device);
    await device.clock.advance(HOUR);
    // A clock that was set back makes a start look fresh: then it goes on.
    const jobs = wrongByMs < 0 ? 1 : 0;
    expect(device.api.jobs).toHaveLength(jobs);
    expect(device.ledger.books.captured).toBe(208 * jobs);
    expectSettled(device);
  });
});

describe("a job that is not finished on return", () => {
  test("is not given up because the app was closed for hours: the time that it was asked about counts", async () => {
    const device = await createDeadDevice({ call: "api.status", device: stuck }, "dies-after", "exactly-once");
    device.clock.jump(2 * HOUR);
    const engine = device.open();
    const before = device.api.calls.status;
    await device.resume(engine);
    await device.clock.advance(12 * 60_000);
    expect(engine.list()).toMatchObject([{ status: "running", settlement: "held" }]);
    expect(device.api.calls).toMatchObject({ cancel: 0 });
    await device.clock.advance(HOUR);
    expect(engine.list()).toMatchObject([{ status: "failed", error: { code: "timed-out" } }]);
    expect(device.api.calls).toMatchObject({ cancel: 1 });
    expect(device.api.calls.status - before).toBeGreaterThanOrEqual(2);
  });
});

describe("an app that stays open", () => {
  test.each([
    ["eight hours", 8 * HOUR],
    ["a year", YEAR],
    ["ten years", 10 * YEAR],
  ])("and sleeps for %s asks once on waking", async (_, sleepMs) => {
    for (const awakeMs of [20_000, 35_000, 60_000, 85_000]) {
      const device = createDevice();
      const engine = device.open();
      engine.generate(REQUEST);
      await device.clock.advance(awakeMs);
      const before = device.api.calls.status;
      device.clock.jump(sleepMs);
      await device.clock.advance(20_000);
      expect(engine.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
      expect(device.api.calls.status - before).toBe(1);
      expectSettled(device);
    }
  });

  test("and whose answers were lost while it slept asks once, too", async () => {
    const device = createDevice({ prepare: ({ api }) => api.failNext("status", "request-lost") });
    const engine = device.open();
    engine.generate(REQUEST);
    await device.clock.advanceUntil(() => device.api.calls.status === 1);
    device.clock.jump(8 * HOUR);
    await device.clock.advance(20_000);
    expect(engine.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
    expect(device.api.calls.status).toBe(2);
  });

  test.each([
    ["two hours", 2 * HOUR],
    ["a day", 24 * HOUR],
    ["ten years", 10 * YEAR],
  ])(
    "and whose clock is set forward by %s while a job runs delivers its video, and charges for it",
    async (_, stepMs) => {
      for (const afterMs of [1_000, 30_000, 60_000, 90_000, 300_000, 590_000]) {
        const device = createDevice({ jobMs: 600_000 });
        const engine = device.open();
        engine.generate(REQUEST);
        await device.clock.advance(afterMs);
        device.setClock(stepMs);
        await device.clock.advance(HOUR);
        expect(engine.list()).toMatchObject([{ status: "completed", settlement: "captured" }]);
        expect(device.api.calls).toMatchObject({ cancel: 0 });
        expectSettled(device);
      }
    },
  );

  test("and whose clock is set forward and back every minute gives a job as much time as any other", async () => {
    const device = createDevice({ jobMs: YEAR, prepare: ({ api }) => api.answerCancelWith("removed") });
    device.open().generate(REQUEST);
    for (let minute = 0; minute < 12; minute++) {
      device.setClock(minute % 2 === 0 ? YEAR : 0);
      await device.clock.advance(60_000);
      expect(device.api.calls).toMatchObject({ cancel: 0 });
    }
    device.setClock(0);
    await device.clock.advance(2 * HOUR);
    expect(device.api.calls).toMatchObject({ cancel: 1 });
    expectSettled(device);
  });

  test.each([1, 10, 50])(
    "while its clock is set back by %i years delivers its video, with no more questions",
    async (years) => {
      const right = createDevice();
      const wrong = createDevice();
      for (const device of [right, wrong]) {
        device.open().generate(REQUEST);
        await device.clock.advance(35_000);
      }
      wrong.setClock(-years * YEAR);
      for (const device of [right, wrong]) await device.clock.advance(HOUR);
      expect(wrong.ledger.books).toMatchObject({ captured: 208, reserved: 0 });
      expect(wrong.api.calls.status).toBeLessThanOrEqual(right.api.calls.status);
      expectSettled(wrong);
    },
  );
});
