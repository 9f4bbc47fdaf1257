// Worlds drawn from numbers: one to five generations, several faults and crashes anywhere, users who cancel, leave, come back, open a
// second tab, use their credits on another device, or leave the device to another user.
// One of them again:  SEED=123 vitest run --project video-sdk random-worlds
// Others, and more:   FIRST_SEED=2000 SEEDS=20000 vitest run --project video-sdk random-worlds
import { describe, expect, test } from "vitest";
import type { GenerationPhase } from "../../core/snapshot.ts";
import type { StateName, Verdict } from "../../core/state.ts";
import { WORLD_CALLS, WORLD_FAULTS } from "./fault-schedule.ts";
import { HAZARDS } from "./hazards.ts";
import { planRandomWorld, type WorldAction } from "./plan-random-world.ts";
import { runRandomWorld, type RandomWorldReport } from "./random-worlds.ts";
import { wrongIn } from "./wrong-in.ts";

const { SEED, FIRST_SEED = "0", SEEDS: wanted = "2000" } = process.env;
const SEEDS = Number(wanted);
const seeds = SEED === undefined ? Array.from({ length: SEEDS }, (_, nth) => Number(FIRST_SEED) + nth) : [Number(SEED)];
/** For a run that hangs: far more than the worlds take on a busy machine. */
const LIMIT_MS = Math.max(600_000, SEEDS * 60);

const ran: RandomWorldReport[] = [];

test(
  `${SEED ?? SEEDS}: nothing is charged, released or paid for twice, no user is told wrongly, and under a key nothing is left`,
  async () => {
    for (const seed of seeds) ran.push(await runRandomWorld(planRandomWorld(seed)));
    const failed = ran.filter((report) => wrongIn(report).length > 0);
    expect(failed.map((report) => `${wrongIn(report).join("; ")}\n${replayOf(report)}`)).toEqual([]);
  },
  LIMIT_MS,
);

test(
  "a seed gives the same run twice",
  async () => {
    const again = ran.filter((_, nth) => nth % 10 === 0);
    for (const { plan, trace } of again) expect((await runRandomWorld(plan)).trace, replayOf(plan)).toBe(trace);
  },
  LIMIT_MS,
);

/** A run that was asked for by its number reaches what it reaches. */
describe.runIf(SEED === undefined)("what the seeds reach", () => {
  const times = (word: string): number => ran.filter(({ coverage }) => coverage.has(word)).length;
  const actions = (): readonly WorldAction[] => ran.flatMap(({ plan }) => plan.actions.map(({ action }) => action));

  test.each([...WORLD_FAULTS, "refused-for-good"])("%s is really met", (fault) => {
    expect(ran.flatMap(({ met }) => met).filter((met) => met === fault).length).toBeGreaterThan(300);
  });

  // The balance is read too seldom here; crash-matrix.test.ts meets it with every fault.
  test.each(WORLD_CALLS.filter((call) => call !== "ledger.readReserved"))("%s meets every kind of fault", (call) => {
    expect(WORLD_FAULTS.filter((fault) => times(`${call} ${fault}`) === 0)).toEqual([]);
  });

  test.each<WorldAction>(["cancel", "detach", "resume", "reconcile", "kill", "open-tab", "reopen", "sleep", "sign-in"])(
    "users %s",
    (action) => {
      expect(actions().filter((planned) => planned === action).length).toBeGreaterThan(200);
    },
  );

  test.each(HAZARDS)("engines meet the hazard %s", (kind) => {
    expect(ran.filter(({ plan }) => plan.hazards?.some((hazard) => hazard.kind === kind)).length).toBeGreaterThan(100);
  });

  test.each(Object.keys(STATES))("a generation is stored as %s", (state) => {
    expect(times(`state ${state}`)).toBeGreaterThan(10);
  });

  test.each(Object.keys(PHASES))("a user sees %s", (phase) => {
    expect(times(`phase ${phase}`)).toBeGreaterThan(100);
  });

  test.each(Object.keys(VERDICTS))("it is decided to %s", (verdict) => {
    expect(times(`verdict ${verdict}`)).toBeGreaterThan(50);
  });

  test.each([
    "completed/captured",
    "completed/unknown",
    "failed/released",
    "failed/none",
    "failed/unknown",
    "canceled/released",
    "canceled/none",
    "canceled/unknown",
  ])("generations end %s", (end) => {
    expect(times(`end ${end}`)).toBeGreaterThan(5);
  });

  test.each(["exactly-once", "reconciled", "at-most-once"] as const)(
    "%s: alone and beside another device, with one to five generations",
    (guarantee) => {
      const plans = ran.flatMap(({ plan }) => (plan.guarantee === guarantee ? plan : []));
      expect(plans.filter(({ otherDevice }) => otherDevice.length > 0).length).toBeGreaterThan(100);
      for (const count of [1, 2, 3, 5])
        expect(plans.filter(({ scenarios }) => scenarios.length === count).length).toBeGreaterThan(50);
    },
  );

  test("every outage, and every number of crashes from none to four", () => {
    expect(new Set(ran.flatMap(({ plan }) => plan.outages.map(({ calls }) => calls))).size).toBe(8);
    for (const crashes of [0, 1, 2, 3, 4]) {
      expect(ran.filter((report) => report.crashes === crashes).length).toBeGreaterThan(20);
    }
  });
});

// Records, so that a new name does not compile until it is here.
// Worlds bring no files: compose-engine.test.ts and core/uploading.test.ts do.
const STATES: Record<Exclude<StateName, "uploading">, true> = {
  "acquiring-both": true,
  "acquiring-slot": true,
  "reserving-credits": true,
  "creating-session": true,
  recording: true,
  submitting: true,
  polling: true,
  "giving-up": true,
  settling: true,
  watching: true,
  completed: true,
  failed: true,
  canceled: true,
};
const PHASES: Record<Exclude<GenerationPhase, "uploading">, true> = {
  "acquiring-slot": true,
  "reserving-credits": true,
  "creating-session": true,
  recording: true,
  submitting: true,
  polling: true,
  saving: true,
  settling: true,
  completed: true,
  failed: true,
  canceled: true,
};
const VERDICTS: Record<Verdict["kind"], true> = { deliver: true, "deliver-late": true, fail: true, cancel: true };

function replayOf(report: RandomWorldReport | RandomWorldReport["plan"]): string {
  const plan = "plan" in report ? report.plan : report;
  return `SEED=${plan.seed} vitest run --project video-sdk random-worlds\n${JSON.stringify(plan)}`;
}
