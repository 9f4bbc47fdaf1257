// Plans random worlds: the seed decides the backend, the faults and what the user does.
import type { CancelAnswer, Guarantee } from "../../ports.ts";
import { quoteVideo, type VideoRequest } from "@video-engine/video-models";
import type { JobScenario } from "../fake-video-api.ts";
import { createSeededRandom } from "../seeded-random.ts";
import { WORLD_CALLS, WORLD_FAULTS, type AimedFault, type Outage, type WorldFault } from "./fault-schedule.ts";
import { drawHazards, type Hazard } from "./hazards.ts";
import { MODEL_OF_TOMORROW } from "./moving-catalogue.ts";
import type { OtherDeviceUse } from "./other-device.ts";

/** What a user does in a world. */
export type WorldAction =
  | ("generate" | "cancel" | "detach" | "resume" | "reconcile" | "kill" | "open-tab" | "reopen" | "sleep")
  // Another user signs in on the same device.
  | "sign-in";

/** The plan of a world: plain data, so that a finding can be read. */
export interface RandomWorldPlan {
  readonly seed: number;
  readonly guarantee: Guarantee;
  /** Whether it is exactly-once by the numbers of its calls, on functions that take no key. Default false. */
  readonly numbersCalls?: boolean;
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

/** One of this many generations has an image as bytes. */
export const WITH_BYTES = 4;
/** Three durations with three prices, so that credits taken from the wrong generation are usually noticed. */
const DURATIONS = [4, 6, 8] as const;
/** The prices of these durations. */
const PRICES: readonly number[] = DURATIONS.map(
  (_, nth) => quoteVideo({ ...requestFor(nth), model: "vid-veo-3.1-fast" }).credits,
);

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

/** Allows one night only: a submit that is found after half a day is not repeated, and may leave a job without a user. */
function isFirstNight(
  { action }: Pick<PlannedAction, "action">,
  index: number,
  all: readonly Pick<PlannedAction, "action">[],
): boolean {
  return action !== "sleep" || all.findIndex((other) => other.action === "sleep") === index;
}

/**
 * The request of a user's nth generation. Every fourth one has an image as bytes. Bytes are never stored, so such a start is not resumed after a crash.
 * Every third is of a model that no release knows, only the catalogue; every second prompt was cut in the middle of an emoji.
 */
export function requestFor(nth: number): VideoRequest {
  const request: VideoRequest = {
    model: nth % 3 === 1 ? MODEL_OF_TOMORROW : "vid-veo-3.1-fast",
    prompt: `a corgi surfing, take ${nth}${nth % 2 === 1 ? " \uD83D" : ""}`,
    duration: DURATIONS[nth % DURATIONS.length] ?? 8,
  };
  return (nth + 1) % WITH_BYTES === 0 ? { ...request, attachmentImageBytes: "YSBjb3JnaSBzdXJmaW5n" } : request;
}
