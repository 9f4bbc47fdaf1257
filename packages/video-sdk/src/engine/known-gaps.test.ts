// The known gaps of core/SPEC.md in what a backend leaves open: what happens in each, so that no row says more or less than is so. A gap that is
// closed loses its row and its test here.
import { expect, test, vi } from "vitest";
import { createTestEngine, type TestEngine, type TestEngineOptions } from "../testing/create-test-engine.ts";
import { videoErrorData } from "../errors.ts";
import { createBrowser } from "./__fixtures__/browser-tabs.ts";
import { createDevice, REQUEST } from "./__fixtures__/mortal-device.ts";

const MINUTE = 60_000;
const KEYLESS: TestEngineOptions = { guarantee: "at-most-once" };
const KEYED: TestEngineOptions = { guarantee: "exactly-once", isSubmitRepeatable: true };
const LOST = { ok: false, certainty: "unknown", error: videoErrorData("unreachable") } as const;

/** Runs one generation to its outcome. */
async function run(options: TestEngineOptions, prepare: (world: TestEngine) => void) {
  const world = createTestEngine(options);
  prepare(world);
  const generation = world.engine.generate(REQUEST);
  await world.clock.advance(30 * MINUTE);
  const times = (method: string): number => world.ledger.calls.filter((call) => call === method).length;
  return { ...world, times, outcome: await generation.outcome };
}

test("reserve unconfirmed, no keys", async () => {
  const { outcome, ledger, times, engine } = await run(KEYLESS, (world) =>
    world.ledger.failNext("reserveCredits", "answer-lost"),
  );
  expect(outcome).toMatchObject({ status: "failed", settlement: "unknown" });
  expect([times("reserveCredits"), times("releaseCredits"), ledger.books.reserved]).toEqual([1, 0, 208]);
  expect(ledger.books.slots).toMatchObject([{ status: "failed" }]);
  expect(engine.unresolved()).toHaveLength(1);
});

test("capture or release unconfirmed, no keys", async () => {
  for (const [method, scenario] of [
    ["captureCredits", "finish"],
    ["releaseCredits", "empty"],
  ] as const) {
    for (const guarantee of ["at-most-once", "reconciled"] as const) {
      const { outcome, times, engine, clock, ledger } = await run({ guarantee }, (world) => {
        world.api.playNext(scenario);
        world.ledger.failNext(method, "request-lost");
      });
      expect([outcome.settlement, times(method)]).toEqual(["unknown", 1]);
      void engine.reconcile();
      await clock.advance(3 * MINUTE);
      void engine.reconcile();
      await clock.advance(MINUTE);
      const isReadBack = guarantee === "reconciled";
      expect([engine.unresolved().length, ledger.books.reserved]).toEqual(isReadBack ? [0, 0] : [1, 208]);
    }
  }
});

test("slot or row unconfirmed, no keys", async () => {
  const slot = await run(KEYLESS, ({ ledger }) => ledger.failNext("acquireSlot", "answer-lost"));
  expect(slot.ledger.books.slots).toMatchObject([{ status: "active" }]);
  const row = await run(KEYLESS, ({ ledger }) => ledger.failNext("recordRow", "answer-lost"));
  expect(row.ledger.books.rows).toMatchObject([{ isLoading: true }]);
  for (const { outcome, ledger } of [slot, row]) {
    expect(outcome.status).toBe("failed");
    expect(ledger.books.reserved).toBe(0);
  }
});

test("submit unconfirmed, no repeatable route", async () => {
  const alone = await run(KEYLESS, ({ api }) => api.failNext("submit", "answer-lost"));
  expect(alone.outcome).toMatchObject({ error: { code: "submission-unknown" }, settlement: "released" });
  const canceled = await run(KEYLESS, ({ api, engine }) => {
    const { submit } = api;
    const cancelAll = (): void => engine.list().forEach(({ id }) => void engine.get(id)?.cancel());
    Object.assign(api, {
      async submit(...given: Parameters<typeof submit>) {
        await submit(...given);
        cancelAll();
        return LOST;
      },
    });
  });
  expect(canceled.outcome).toMatchObject({ status: "canceled", settlement: "released" });
  for (const { api, ledger } of [alone, canceled]) {
    expect(api.jobs).toMatchObject([{ isCanceled: false }]);
    ledger.assertBalanced();
  }
});

test("submit unconfirmed, repeatable route, canceled meanwhile", async () => {
  const { clock, api, engine, ledger } = createTestEngine(KEYED);
  api.failNext("submit", "request-lost");
  const generation = engine.generate(REQUEST);
  await clock.flush();
  expect(api.jobs).toEqual([]);
  void generation.cancel();
  await clock.advance(MINUTE);
  expect(api.jobs).toMatchObject([{ isCanceled: true }]);
  expect(await generation.outcome).toMatchObject({ status: "canceled", settlement: "released" });
  ledger.assertBalanced();
});

test("submit unconfirmed twelve times, repeatable route", async () => {
  const device = createDevice({
    prepare({ api }) {
      for (let times = 0; times < 12; times++) api.failNext("submit", "answer-lost");
    },
  });
  const engine = device.open();
  const { outcome } = engine.generate(REQUEST);
  await device.clock.advance(30 * MINUTE);
  expect(await outcome).toMatchObject({ error: { code: "submission-unknown" }, settlement: "released" });
  engine.dispose();
  await device.resume(device.open());
  await device.clock.advance(30 * MINUTE);
  expect([device.api.calls.submit, device.api.jobs.length]).toEqual([12, 1]);
  device.ledger.assertBalanced();
});

test("submit that a repeatable route has lost, its process killed", async () => {
  const { outcome, api, ledger } = await run(KEYED, (world) => {
    const lost = { ...LOST, error: videoErrorData("submission-unknown") };
    const submit = world.api.submit.bind(world.api);
    const killed = async (...asked: Parameters<typeof submit>) => {
      await submit(...asked);
      return LOST;
    };
    vi.spyOn(world.api, "submit").mockImplementationOnce(killed).mockResolvedValue(lost);
  });
  expect(outcome).toMatchObject({ error: { code: "submission-unknown" }, settlement: "released" });
  expect([vi.mocked(api.submit).mock.calls.length, api.jobs.length]).toEqual([2, 1]);
  ledger.assertBalanced();
});

test("settled later by another tab", async () => {
  const { openTab, clock, ledger } = createBrowser();
  const first = await openTab();
  for (let times = 0; times < 8; times++) ledger.failNext("captureCredits", { refused: "rate-limited" });
  first.engine.generate(REQUEST);
  await clock.advance(30 * MINUTE);
  expect(first.engine.list()).toMatchObject([{ status: "completed", settlement: "held" }]);
  await openTab();
  await clock.advance(MINUTE);
  expect(ledger.books.captured).toBe(208);
  expect(first.engine.list()).toMatchObject([{ settlement: "held" }]);
  first.engine.dispose();
  const again = await openTab();
  await clock.advance(MINUTE);
  expect(again.engine.unresolved()).toEqual([]);
});

test("a device that slept for hours, and a job that never ends", async () => {
  const { clock, api, engine, ledger } = createTestEngine(KEYED);
  api.playNext("never");
  const generation = engine.generate(REQUEST);
  await clock.advance(5 * MINUTE);
  clock.jump(8 * 60 * MINUTE);
  await clock.advance(5 * MINUTE);
  expect(generation.getSnapshot().status).toBe("running");
  await clock.advance(2 * 60 * MINUTE);
  expect(await generation.outcome).toMatchObject({ error: { code: "timed-out" }, settlement: "released" });
  ledger.assertBalanced();
});

test("a job that never ends, in an app that is open for less than a minute at a time", async () => {
  const device = createDevice({ prepare: ({ api }) => api.playNext("never") });
  let engine = device.open();
  engine.generate(REQUEST);
  for (let start = 0; start < 200; start++) {
    await device.clock.advance(MINUTE / 2);
    engine.dispose();
    await device.clock.advance(60 * MINUTE);
    engine = device.open();
    await device.resume(engine);
  }
  expect(engine.list()).toMatchObject([{ status: "running", settlement: "held" }]);
  await device.clock.advance(3 * 60 * MINUTE);
  expect(engine.list()).toMatchObject([{ status: "failed", settlement: "released" }]);
});

test("row that cannot be saved", async () => {
  const { outcome, engine, ledger } = await run(KEYLESS, (world) => {
    for (let times = 0; times < 40; times++) world.ledger.failNext("updateRow", { refused: "rate-limited" });
  });
  expect(outcome).toMatchObject({ status: "completed", settlement: "held", videos: [expect.any(String)] });
  expect(engine.unresolved()).toHaveLength(1);
  expect([ledger.books.reserved, ledger.books.captured]).toEqual([208, 0]);
});

test("row deleted twice, or together with its session", async () => {
  for (const [method, times] of [
    ["updateRow", 3],
    ["recordRow", 1],
  ] as const) {
    const { clock, engine, ledger } = createTestEngine(KEYLESS);
    const generation = engine.generate(REQUEST);
    await clock.advance(40_000);
    ledger.deleteRow("row-1");
    for (let nth = 0; nth < times; nth++) ledger.failNext(method, { refused: "not-found" });
    await clock.advance(30 * MINUTE);
    expect(await generation.outcome).toMatchObject({ status: "completed", settlement: "held" });
    expect(engine.unresolved()).toHaveLength(1);
  }
});

test("row deleted, and its app closed before the video comes", async () => {
  const device = createDevice();
  const engine = device.open();
  engine.generate(REQUEST);
  await device.clock.advance(40_000);
  device.ledger.deleteRow("row-1");
  engine.dispose();
  await device.resume(device.open());
  await device.clock.advance(10 * MINUTE);
  expect(device.ledger.books.rows).toMatchObject([{ id: "row-2", prompt: "", isLoading: false }]);
  device.ledger.assertBalanced();
});

test("lasting refusals", async () => {
  const { times, outcome } = await run(KEYLESS, ({ ledger }) => {
    for (let nth = 0; nth < 20; nth++) ledger.failNext("closeSlot", { refused: "not-configured" });
  });
  expect(outcome).toMatchObject({ status: "completed", settlement: "captured" });
  expect(times("closeSlot")).toBe(3);
});
