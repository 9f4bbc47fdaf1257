// Random worlds: the seed decides the backend, the faults and what the user does. The same seed gives the same run.
import type { CancelAnswer, Guarantee } from "../../ports.ts";
import { quoteVideo, type VideoRequest } from "@video-engine/video-models";
import { createPollingPolicy } from "../../core/polling-policy.ts";
import type { EngineOptions } from "../../engine/create-engine.ts";
import type { JobScenario } from "../fake-video-api.ts";
import { createSeededRandom } from "../seeded-random.ts";
import { createWorld, type World } from "./create-world.ts";
import type { OtherDeviceUse } from "./other-device.ts";
import { fakeBackend } from "./fake-backend.ts";
import {
  WORLD_CALLS,
  WORLD_FAULTS,
  type AimedFault,
  type FaultSchedule,
  type Outage,
  type OutageFault,
  type WorldFault,
} from "./fault-schedule.ts";
import { drawHazards, type Hazard } from "./hazards.ts";
import type { WorldEngine } from "./tabs.ts";

/** What a user does in a world. */
export type WorldAction =
  | ("generate" | "cancel" | "detach" | "resume" | "reconcile" | "kill" | "open-tab" | "reopen" | "sleep")
  // Another user signs in on the same device.
  | "sign-in";

/** The plan of a world: plain data, so that a finding can be read. */
export interface RandomWorldPlan {
  readonly seed: number;
  readonly guarantee: Guarantee;
  readonly scenarios: readonly JobScenario[];
  readonly jobMs: number;
  readonly cancelAnswer: CancelAnswer;
  /** Maximum latency of a call, milliseconds. */
  readonly latencyMs: number;
  readonly faults: readonly (readonly [number, WorldFault])[];
  readonly aimed: readonly AimedFault[];
  readonly outages: readonly Outage[];
  readonly actions: readonly PlannedAction[];
  /** What the same user does on other devices meanwhile. */
  readonly otherDevice: readonly OtherDeviceUse[];
  /** Whether the storage can list its keys. Default false: then only one engine at a time uses it. */
  readonly canListKeys?: boolean;
  /** Whether the app saves videos elsewhere before their row. Default false. */
  readonly savesVideos?: boolean;
  /** What goes wrong around the engines. Default: nothing. */
  readonly hazards?: readonly Hazard[];
  /** Milliseconds for which the server holds a question about a job. Default 0. */
  readonly holdMs?: number;
  /** Whether rows keep the id of their job. Default true. */
  readonly areJobsKept?: boolean;
  /** Whether a failed row is deleted instead of marked. Default false. */
  readonly areFailedRowsDeleted?: boolean;
  /** Whether rows can say that their credits came back. Default false. */
  readonly showsRefunds?: boolean;
}

interface PlannedAction {
  readonly atMs: number;
  readonly action: WorldAction;
  readonly tab: number;
}

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

const SECOND = 1_000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const GUARANTEES: readonly Guarantee[] = ["exactly-once", "at-most-once", "reconciled"];
const JOB_MS: readonly number[] = [SECOND, 20 * SECOND, 90 * SECOND, 10 * MINUTE, 40 * MINUTE, 3 * HOUR];
const LATENCIES_MS: readonly number[] = [0, 0, 50, 500, 5 * SECOND];
const CANCEL_ANSWERS: readonly CancelAnswer[] = ["removed", "requested", "too-late", "unsupported"];
const SCENARIOS: readonly JobScenario[] = [
  "finish",
  "finish",
  "finish",
  "immediate",
  "empty",
  "never",
  { fail: "provider-failed" },
];
const CRASHES = WORLD_FAULTS.filter((fault) => fault.startsWith("crash"));
const LOSSES = WORLD_FAULTS.filter((fault) => !fault.startsWith("crash"));
/** The app's own step is met by itself. */
const ENGINE_CALLS = WORLD_CALLS.filter((call) => call !== "app.saveVideos");
/** When users act: while a start is under way, while a job runs, or long after. */
const SPANS_MS: readonly number[] = [2 * SECOND, 30 * SECOND, 3 * MINUTE, HOUR];
const RESUMED_AT_MS: readonly number[] = [5 * MINUTE, 2 * HOUR];
/** What can be out, and the longest outage: far longer than any call is repeated. */
const OUTAGES: readonly (readonly [calls: string, lastsMs: number])[] = [
  ["storage", 10 * MINUTE],
  ["api.status", HOUR],
  ["api", 10 * MINUTE],
  ["ledger", HOUR],
];
const OUTAGE_FAULTS = ["request-lost", "answer-lost", "refused"] as const;
/** What a function may refuse for an hour without saying that this will pass: the steps that settle. */
const REFUSABLE = ["ledger.updateRow", "ledger.closeSlot", "ledger.captureCredits", "ledger.releaseCredits"] as const;
const DISTURBANCES: readonly WorldAction[] = [
  "cancel",
  "cancel",
  "detach",
  "resume",
  "reconcile",
  "kill",
  "open-tab",
  "reopen",
  "sleep",
  "sign-in",
];

/** Plans the world of a seed. `guarantee` replaces the drawn one. */
export function planRandomWorld(seed: number, guarantee?: Guarantee): RandomWorldPlan {
  const random = createSeededRandom(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const oneOf = <T>(first: T, ...others: readonly T[]): T => [first, ...others][below(others.length + 1)] ?? first;
  const from = <T>(list: readonly T[]): T => list[below(list.length)] as T; // lists here are not empty
  const times = <T>(count: number, draw: () => T): T[] => Array.from({ length: count }, draw);
  // Most faults fall on the first calls; a few are left for later ones.
  const reach = oneOf(30, 60, 120);
  const span = (): number => below(from(SPANS_MS));
  const generations = oneOf(1, 1, 2, 3, 5);
  const plan: RandomWorldPlan = {
    seed,
    guarantee: guarantee ?? from(GUARANTEES),
    scenarios: times(generations, () => from(SCENARIOS)),
    jobMs: from(JOB_MS),
    cancelAnswer: from(CANCEL_ANSWERS),
    latencyMs: from(LATENCIES_MS),
    faults: [
      ...times(1 + below(6), () => [below(reach), from(LOSSES)] as const),
      ...times(below(5), () => [below(reach), from(CRASHES)] as const),
    ],
    aimed: times(below(3), () => ({ call: from(ENGINE_CALLS), nth: below(3), fault: from(WORLD_FAULTS) })),
    outages: times(oneOf(0, 0, 1), () => {
      const [calls, lastsMs] = from(OUTAGES);
      const fromMs = span();
      return { fromMs, untilMs: fromMs + below(lastsMs), calls, fault: from(OUTAGE_FAULTS) };
    }),
    actions: [
      ...times(generations, () => ({ atMs: oneOf(0, span()), action: "generate" as const, tab: below(2) })),
      ...times(below(4), () => ({ atMs: span(), action: from(DISTURBANCES), tab: below(2) })).filter(isFirstNight),
      // As an app does when it comes to the foreground.
      ...RESUMED_AT_MS.flatMap((atMs) => [
        { atMs, action: "resume" as const, tab: 0 },
        { atMs, action: "reconcile" as const, tab: 0 },
      ]),
    ],
    otherDevice: times(oneOf(0, 0, 1, 4), () => ({
      atMs: span(),
      heldMs: span(),
      credits: from(PRICES),
      end: oneOf("capture" as const, "release" as const),
    })),
  };
  // Two tabs share a storage only if it can list its keys (core/SPEC.md, known gaps). Drawn last, to keep the other draws as they were.
  const isShared = plan.actions.some(({ action }) => action === "open-tab");
  const surroundings = { canListKeys: isShared || oneOf(true, false), hazards: drawHazards(below, span) };
  const savesVideos = oneOf(true, false);
  const failing = Array.from({ length: savesVideos ? oneOf(0, 1, 2, 12) : 0 }, (_, nth) => ({
    call: "app.saveVideos" as const,
    nth,
    fault: from(WORLD_FAULTS),
  }));
  const refusals = times(oneOf(0, 0, 0, 1, 2), (): Outage => {
    const fromMs = span();
    return { fromMs, untilMs: fromMs + below(HOUR), calls: from(REFUSABLE), fault: "refused-for-good" };
  });
  const outages = [...plan.outages, ...refusals];
  const kept = {
    areJobsKept: oneOf(true, true, false),
    areFailedRowsDeleted: oneOf(false, false, true),
    showsRefunds: oneOf(true, false),
  };
  const holdMs = oneOf(0, 24 * SECOND);
  return { ...plan, ...surroundings, ...kept, holdMs, outages, savesVideos, aimed: [...plan.aimed, ...failing] };
}

/** Runs a planned world to its end. `open` replaces the engine. */
export async function runRandomWorld(
  plan: RandomWorldPlan,
  open?: (options: EngineOptions) => WorldEngine,
): Promise<RandomWorldReport> {
  const {
    guarantee,
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
      ...{ guarantee, scenario: scenarios, jobMs, cancelAnswer, otherDevice },
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
/** Long waits, so that a job that never ends takes few questions. */
const SELDOM = createPollingPolicy({ minWaitMs: 60 * SECOND, maxWaitMs: 300 * SECOND });
/** One of this many generations has an image as bytes. */
export const WITH_BYTES = 4;
/** Three durations with three prices, so that credits taken from the wrong generation are usually noticed. */
const DURATIONS = [4, 6, 8] as const;
/** The prices of these durations. */
const PRICES: readonly number[] = DURATIONS.map((_, nth) => quoteVideo(requestFor(nth)).credits);

const ACTIONS: Record<WorldAction, (world: World, tab: number, next: () => VideoRequest) => unknown> = {
  generate: (world, tab, next) => world.engine(tab).generate(next()),
  cancel: (world, tab) => newestIn(world, tab)?.cancel(),
  detach: (world, tab) => newestIn(world, tab)?.detach(),
  resume: (world, tab) => world.engine(tab).resume(),
  reconcile: (world, tab) => world.engine(tab).reconcile(),
  kill: (world, tab) => world.restart(tab),
  "open-tab": (world) => (isOpen(world, 1) ? undefined : world.openTab()),
  reopen: (world, tab) => world.reopen(tab),
  sleep: (world) => world.clock.jump(8 * HOUR),
  "sign-in": (world) => (isOpen(world, 2) ? undefined : world.openTab("somebody else")),
};

/** Allows one night only: a submit that is found after half a day is not repeated, and may leave a job without a user. */
function isFirstNight(
  { action }: Pick<PlannedAction, "action">,
  index: number,
  all: readonly Pick<PlannedAction, "action">[],
): boolean {
  return action !== "sleep" || all.findIndex((other) => other.action === "sleep") === index;
}

/** Every fourth request has an image as bytes. Bytes are never stored, so such a start is not resumed after a crash. */
function requestFor(nth: number): VideoRequest {
  const request: VideoRequest = {
    model: "vid-veo-3.1-fast",
    prompt: `a corgi surfing, take ${nth}`,
    duration: DURATIONS[nth % DURATIONS.length] ?? 8,
  };
  return (nth + 1) % WITH_BYTES === 0 ? { ...request, attachmentImageBytes: "YSBjb3JnaSBzdXJmaW5n" } : request;
}

function newestIn(world: World, tab: number): ReturnType<WorldEngine["get"]> {
  const [newest] = world.engine(tab).list();
  return newest && world.engine(tab).get(newest.id);
}

function isOpen(world: World, tab: number): boolean {
  return tab < world.tabs();
}
