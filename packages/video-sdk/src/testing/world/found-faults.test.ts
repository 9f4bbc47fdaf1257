// Faults of the engine that the worlds have found, each on its own.
import { expect, test } from "vitest";
import { createEngine, type EngineOptions } from "../../engine/create-engine.ts";
import { createWorld, WORLD_REQUEST, type World } from "./create-world.ts";
import { fakeBackend } from "./fake-backend.ts";
import type { RandomWorldPlan } from "./plan-random-world.ts";
import { runRandomWorld } from "./random-worlds.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

const generate = (world: World): void => void world.engine().generate(WORLD_REQUEST);

test("a slot request that waits its turn is not sent after its engine was disposed of", async () => {
  const open = (options: EngineOptions) => {
    const acquireSlot: typeof options.ledger.acquireSlot = async (input) => {
      const answer = await options.ledger.acquireSlot(input);
      await new Promise<void>((resolve) => options.platform.clock.setTimeout(resolve, 5 * SECOND));
      return answer;
    };
    return createEngine({ ...options, ledger: { ...options.ledger, acquireSlot } });
  };
  const world = createWorld({ open, backend: fakeBackend({ guarantee: "at-most-once" }) });
  generate(world);
  generate(world);
  await world.clock.advance(SECOND);
  await world.reopen();
  expect((await world.settle()).violations).toEqual([]);
});

test("an engine that is disposed of while it writes, and its successor, leave no record off their list", async () => {
  const plan: RandomWorldPlan = {
    seed: 11407,
    guarantee: "reconciled",
    scenarios: ["finish"],
    jobMs: SECOND,
    cancelAnswer: "too-late",
    latencyMs: 5 * SECOND,
    faults: [],
    aimed: [],
    outages: [],
    otherDevice: [],
    actions: [
      { atMs: 0, action: "generate", tab: 0 },
      { atMs: 275, action: "generate", tab: 0 },
      { atMs: 259, action: "reopen", tab: 0 },
    ],
  };
  expect((await runRandomWorld(plan)).violations).toEqual([]);
});

test("a settlement of reconcile() whose answer is lost is a new doubt, with a quiet period of its own", async () => {
  const world = createWorld({
    backend: fakeBackend({ guarantee: "reconciled" }),
    aimed: [
      { call: "ledger.reserveCredits", nth: 0, fault: "lands-late" },
      { call: "ledger.releaseCredits", nth: 0, fault: "lands-late" },
    ],
  });
  generate(world);
  await world.clock.advance(MINUTE);
  await world.engine().reconcile();
  await world.clock.advance(3 * MINUTE);
  await world.engine().reconcile();
  // The release is on its way, and may land in a moment. It is sent again all the same, and both land.
  await world.engine().reconcile();
  expect((await world.settle()).violations).toEqual([]);
});

test("resume() does not go on from an older record than what this engine itself has ended with", async () => {
  let isOut = false;
  const open = (options: EngineOptions) => {
    const { persistence } = options;
    if (persistence === undefined) return createEngine(options);
    const write = async (act: () => unknown): Promise<void> => {
      if (isOut) throw new Error("The storage is full.");
      await act();
    };
    const storage = {
      getItem: persistence.storage.getItem,
      setItem: (key: string, text: string) => write(() => persistence.storage.setItem(key, text)),
      removeItem: (key: string) => write(() => persistence.storage.removeItem(key)),
    };
    return createEngine({ ...options, persistence: { ...persistence, storage } });
  };
  const world = createWorld({ open, onCall: ({ name }) => void (isOut ||= name === "ledger.captureCredits") });
  generate(world);
  await world.clock.advance(10 * MINUTE);
  const said = (): unknown => world.engine().list()[0]?.settlement;
  expect(said()).toBe("captured");
  isOut = false;
  await world.engine().resume();
  await world.clock.flush();
  expect(said()).toBe("captured");
});
