// Worlds drawn from numbers: several faults and crashes anywhere, users who cancel, leave, come back and open a second tab.
// One of them again:  SEED=123 vitest run --project video-sdk random-worlds
import { describe, expect, test } from "vitest";
import { WORLD_FAULTS } from "./fault-schedule.ts";
import { planRandomWorld, runRandomWorld, wrongIn, type RandomWorldReport, type WorldAction } from "./random-worlds.ts";

const SEEDS = 2_000;
const { SEED } = process.env;
const seeds = SEED === undefined ? Array.from({ length: SEEDS }, (_, seed) => seed) : [Number(SEED)];

const ran: RandomWorldReport[] = [];

test(`${SEED ?? SEEDS}: never charged twice, given back twice, paid for twice or told wrongly; and under a key nothing is left`, async () => {
  for (const seed of seeds) ran.push(await runRandomWorld(planRandomWorld(seed)));
  const failed = ran.filter((report) => wrongIn(report).length > 0);
  expect(failed.map((report) => `${wrongIn(report).join("; ")}\n${replayOf(report)}`)).toEqual([]);
}, 120_000);

test("each seed gives the same run twice", async () => {
  for (const { plan, trace } of ran) expect((await runRandomWorld(plan)).trace, replayOf(plan)).toBe(trace);
}, 120_000);

/** A run that was asked for by its number reaches what it reaches. */
describe.runIf(SEED === undefined)("what the seeds reach", () => {
  whatTheyReach();
});

function whatTheyReach(): void {
  test.each(WORLD_FAULTS)("%s is really met", (fault) => {
    expect(ran.flatMap(({ met }) => met).filter((met) => met === fault).length).toBeGreaterThan(300);
  });

  test.each<WorldAction>(["cancel", "detach", "resume", "kill", "open-tab", "reopen", "sleep"])(
    "users %s",
    (action) => {
      const actions = ran.flatMap(({ plan }) => plan.actions.map((planned) => planned.action));
      expect(actions.filter((planned) => planned === action).length).toBeGreaterThan(200);
    },
  );

  test.each([
    ...["completed/captured", "completed/unknown", "failed/released", "failed/none", "failed/unknown"],
    ...["canceled/released", "canceled/none", "canceled/unknown"],
  ])("generations end %s", (end) => {
    expect(ran.flatMap(({ ends }) => ends).filter((one) => one.includes(end)).length).toBeGreaterThan(5);
  });

  test("every strength, every outage, and every number of crashes from none to four", () => {
    expect(new Set(ran.map(({ plan }) => plan.guarantee)).size).toBe(3);
    expect(new Set(ran.flatMap(({ plan }) => plan.outages.map(({ calls }) => calls))).size).toBe(4);
    for (const crashes of [0, 1, 2, 3, 4]) {
      expect(ran.filter((report) => report.crashes === crashes).length).toBeGreaterThan(20);
    }
  });
}

function replayOf(report: RandomWorldReport | RandomWorldReport["plan"]): string {
  const plan = "plan" in report ? report.plan : report;
  return `SEED=${plan.seed} vitest run --project video-sdk random-worlds\n${JSON.stringify(plan)}`;
}
