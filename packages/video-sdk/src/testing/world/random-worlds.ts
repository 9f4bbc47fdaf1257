// Random worlds: runs the world that a seed plans. The same seed gives the same run.
import type { VideoRequest } from "@video-engine/video-models";
import { createPollingPolicy } from "../../core/polling-policy.ts";
import type { EngineOptions } from "../../engine/create-engine.ts";
import { createWorld, type World } from "./create-world.ts";
import { fakeBackend } from "./fake-backend.ts";
import type { FaultSchedule, OutageFault } from "./fault-schedule.ts";
import { requestFor, type RandomWorldPlan, type WorldAction } from "./plan-random-world.ts";
import type { WorldEngine } from "./tabs.ts";

/** How a planned world ended. */
export interface RandomWorldReport {
  readonly plan: RandomWorldPlan;
  /** What must never happen, and did. */
  readonly violations: readonly string[];
  /** What was not settled at the end. */
  readonly imbalances: readonly string[];
  /** The faults that calls really met. */
  readonly met: readonly OutageFault[];
  readonly crashes: number;
  /** Phases, states, verdicts, ends, and faults by the call that met them. */
  readonly coverage: ReadonlySet<string>;
  /** How each generation ended, such as `completed/captured`. */
  readonly ends: readonly string[];
  /** All calls and ends as one text: the same for the same seed. */
  readonly trace: string;
}

/** Runs a planned world to its end. `open` replaces the engine. */
export async function runRandomWorld(
  plan: RandomWorldPlan,
  open?: (options: EngineOptions) => WorldEngine,
): Promise<RandomWorldReport> {
  const {
    guarantee,
    numbersCalls,
    scenarios,
    jobMs,
    cancelAnswer,
    latencyMs,
    faults,
    aimed,
    outages,
    actions,
    otherDevice,
    seed,
    canListKeys = false,
    hazards = [],
    savesVideos = false,
    areJobsKept,
    areFailedRowsDeleted,
    showsRefunds,
    holdMs,
  } = plan;
  const schedule: FaultSchedule = new Map(faults);
  const world = createWorld({
    schedule,
    aimed,
    outages,
    seed,
    canListKeys,
    savesVideos,
    hazards,
    polling: SELDOM,
    latencyMs: (random) => Math.round(random * latencyMs),
    backend: fakeBackend({
      ...{ guarantee, numbersCalls, scenario: scenarios, jobMs, cancelAnswer, otherDevice },
      ...{ areJobsKept, areFailedRowsDeleted, showsRefunds, holdMs },
    }),
    open,
  });
  let generations = 0;
  for (const { atMs, action, tab } of actions) {
    const next = (): VideoRequest => requestFor(generations++);
    const act = (): void => void ACTIONS[action](world, isOpen(world, tab) ? tab : 0, next);
    if (atMs === 0) act();
    else world.clock.setTimeout(act, atMs);
  }
  const end = await world.settle();
  const isCanceled = actions.some(({ action }) => action === "cancel");
  const ends = [...end.announced].map(
    ([id, said]) => `${id} ${said.map(({ status, settlement }) => `${status}/${settlement}`).join(" ")}`,
  );
  const calls = end.trace.map(({ name, fault }) => (fault === undefined ? name : `${name} ${fault}`));
  return {
    plan,
    violations: end.violations,
    imbalances: end.imbalances.filter((sentence) => !(isCanceled && LATE_AND_UNWANTED.test(sentence))),
    met: end.trace.flatMap(({ fault }) => fault ?? []),
    crashes: end.crashes,
    coverage: end.coverage,
    ends,
    trace: [...calls, ...ends, `${world.clock.now()}`].join("\n"),
  };
}

/** Canceling never yields a free video: one that comes late is not shown to a user who canceled. */
export const LATE_AND_UNWANTED = /has a video that its row does not show$/;
const EIGHT_HOURS_MS = 8 * 3_600_000;
/** Long waits, so that a job that never ends takes few questions. */
const SELDOM = createPollingPolicy({ minWaitMs: 60_000, maxWaitMs: 300_000 });
const ACTIONS: Record<WorldAction, (world: World, tab: number, next: () => VideoRequest) => unknown> = {
  generate: (world, tab, next) => world.engine(tab).generate(next()),
  cancel: (world, tab) => newestIn(world, tab)?.cancel(),
  detach: (world, tab) => newestIn(world, tab)?.detach(),
  resume: (world, tab) => world.engine(tab).resume(),
  reconcile: (world, tab) => world.engine(tab).reconcile(),
  kill: (world, tab) => world.restart(tab),
  "open-tab": (world) => (isOpen(world, 1) ? undefined : world.openTab()),
  reopen: (world, tab) => world.reopen(tab),
  sleep: (world) => world.clock.jump(EIGHT_HOURS_MS),
  "sign-in": (world) => (isOpen(world, 2) ? undefined : world.openTab("somebody else")),
};

function newestIn(world: World, tab: number): ReturnType<WorldEngine["get"]> {
  const [newest] = world.engine(tab).list();
  return newest && world.engine(tab).get(newest.id);
}

function isOpen(world: World, tab: number): boolean {
  return tab < world.tabs();
}
