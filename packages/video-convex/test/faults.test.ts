// Every fault and death of an action, at each of its calls and between, with a cancel at every point or none. The books are exact in all.
import type { GenerationSnapshot } from "@video-engine/video-sdk";
import { createSeededRandom } from "@video-engine/video-sdk/testing";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { assertBooks } from "./support/assert-books.ts";
import { CALLS, type Fault } from "./support/faults-under-test.ts";
import { createOwnWorld, REQUEST, video, type OwnWorld } from "./support/own-world.ts";

beforeEach(() => {
  vi.useFakeTimers();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const HOW = ["dies-before", "dies-after", "lost"] as const;
const SINGLE: readonly Fault[] = CALLS.flatMap((call) =>
  [1, 2, 3].flatMap((nth) => HOW.map((how) => ({ call, nth, how }))),
);

async function play(
  faults: readonly Fault[],
  { cancelAt, scenario }: { cancelAt?: number; scenario?: Parameters<OwnWorld["fal"]["playNext"]>[0] } = {},
): Promise<{ world: OwnWorld; ended: GenerationSnapshot }> {
  const world = createOwnWorld(faults);
  if (scenario !== undefined) world.fal.playNext(scenario);
  await world.ledger.grant({ userId: "alice", key: "welcome", amount: 500 });
  await world.as("alice").mutation(video.generate, { id: "g1", request: REQUEST });
  for (let step = 0; cancelAt !== undefined && step < cancelAt; step++) await world.step();
  if (cancelAt !== undefined) await world.as("alice").mutation(video.cancel, { id: "g1" });
  const ended = await world.untilEnded("alice", "g1");
  return { world, ended };
}

const nameOf = ({ call, nth, how }: Fault): string => `${call} ${nth} ${how}`;

/** Faults after which nobody can tell whether there is a job: the paid call had begun, and its answer did not come. */
function isInDoubt({ call, nth, how }: Fault): boolean {
  if (nth !== 1) return false;
  if (call === "begin") return how !== "dies-before";
  return call === "submit" || (call === "answer" && how === "dies-before");
}

describe("one fault, and the job goes well", () => {
  test.each(SINGLE.map((fault) => [nameOf(fault), fault] as const))("%s", async (_, fault) => {
    const { world, ended } = await play([fault]);
    await assertBooks(world, "alice", [ended]);
    expect(world.fal.jobs.length, "paid jobs").toBeLessThanOrEqual(1);
    if (isInDoubt(fault)) expect(ended).toMatchObject({ status: "failed", error: { code: "submission-unknown" } });
    else expect(ended.status).toBe("completed");
  });
});

test.each(SINGLE.map((fault) => [nameOf(fault), fault] as const))("%s, and the job fails", async (_, fault) => {
  const { world, ended } = await play([fault], { scenario: "content-policy-violation" });
  await assertBooks(world, "alice", [ended]);
  expect(ended).toMatchObject({ status: "failed", settlement: "released" });
});

describe.each([0, 1, 2, 3, 4, 6, 8])("canceled after %i steps", (cancelAt) => {
  test("without a fault", async () => {
    const { world, ended } = await play([], { cancelAt });
    await assertBooks(world, "alice", [ended]);
    const isFree = ended.status === "canceled" && world.fal.jobs.length === 0;
    expect(isFree, "before the paid call it is free").toBe(cancelAt === 0);
  });

  test("with every fault", async () => {
    for (const fault of SINGLE) {
      const { world, ended } = await play([fault], { cancelAt });
      await assertBooks(world, "alice", [ended]);
      expect(world.fal.jobs.length, nameOf(fault)).toBeLessThanOrEqual(1);
    }
  });
});

/** How many pairs are drawn. By hand, for a night: FAULT_PAIRS=2000. */
const PAIRS = Number(process.env["FAULT_PAIRS"] ?? 60);

test(`${PAIRS} pairs of faults, canceled somewhere or never, with jobs that go well or fail`, async () => {
  const random = createSeededRandom(7);
  const draw = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T; // never empty
  for (let pair = 0; pair < PAIRS; pair++) {
    const faults = [draw(SINGLE), draw(SINGLE)];
    const cancelAt = draw([undefined, undefined, 1, 2, 3, 5]);
    const scenario = draw([undefined, "content-policy-violation"] as const);
    const { world, ended } = await play(faults, {
      ...(cancelAt !== undefined && { cancelAt }),
      ...(scenario !== undefined && { scenario }),
    });
    await assertBooks(world, "alice", [ended]);
    expect(world.fal.jobs.length, faults.map(nameOf).join(" and ")).toBeLessThanOrEqual(1);
  }
});
