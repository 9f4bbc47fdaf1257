// A soak: many users over a long time, on any clock. Each user has a device, an exactly-once backend and faults of their own, and runs
// generation after generation in one process after the other. When nothing of a user is open, a statement is drawn up: the checks run, the
// counts are added up, and everything is dropped. Memory that grows is then the engine's; the caller measures it. Uses no test runner.
import type { VideoRequest } from "@video-engine/video-models";
import type { PollingPolicy } from "../../core/polling-policy.ts";
import type { EngineOptions } from "../../engine/create-engine.ts";
import type { CancelAnswer } from "../../ports.ts";
import type { Clock } from "../../platform-ports.ts";
import type { JobScenario } from "../fake-video-api.ts";
import { createSeededRandom } from "../seeded-random.ts";
import { fakeBackend } from "./fake-backend.ts";
import { WORLD_FAULTS, type FaultAt } from "./fault-schedule.ts";
import { createSoakDevice } from "./soak-device.ts";
import { createStage, type Stage } from "./stage.ts";
import type { WorldEngine } from "./tabs.ts";

/** Options of a soak. Times are milliseconds. */
export interface SoakOptions {
  readonly clock: Clock;
  readonly users: number;
  /** Share of the calls that meet a fault, one of {@link WORLD_FAULTS}. */
  readonly faultRate: number;
  /** Mean time between two generations of a user. */
  readonly everyMs: number;
  readonly jobMs: number;
  /** Maximum latency of a call. */
  readonly latencyMs: number;
  /** Maximum time until a user opens the app again. Below half a day: see EXACTLY_ONCE_WINDOWS. */
  readonly awayMs: number;
  readonly polling: PollingPolicy;
  /** The answer to cancels. A job that is not `removed` is watched for a day after a timeout. */
  readonly cancelAnswer: CancelAnswer;
  /** Generations between two statements. Default 20. */
  readonly perStatement?: number;
  /** Default: the real engine. */
  readonly open?: (options: EngineOptions) => WorldEngine;
}

/** The figures so far. */
export interface SoakFigures {
  readonly statements: number;
  readonly generations: number;
  readonly calls: number;
  readonly faults: number;
  readonly processesThatDied: number;
  readonly cancels: number;
  /** How often each end was reached, such as `completed/captured`. */
  readonly ends: Readonly<Record<string, number>>;
  /** What was wrong in the statements. */
  readonly wrong: readonly string[];
}

/** A running soak. */
export interface Soak {
  figures(): SoakFigures;
  /** Stops new generations and faults. Resolves when the last statement of every user is drawn up. */
  finish(): Promise<void>;
}

/** Starts a soak. */
export function startSoak(options: SoakOptions): Soak {
  const tally: Tally = {
    statements: 0,
    generations: 0,
    calls: 0,
    faults: 0,
    processesThatDied: 0,
    cancels: 0,
    ends: {},
    wrong: [],
  };
  const state = { isFinishing: false };
  const users = Array.from({ length: options.users }, async (_, nth) => {
    const random = createSeededRandom(nth + 1);
    do await runStatement(options, random, { tally, state });
    while (!state.isFinishing);
  });
  return {
    figures: () => ({ ...tally, ends: { ...tally.ends }, wrong: [...tally.wrong] }),
    async finish() {
      state.isFinishing = true;
      await Promise.all(users);
    },
  };
}

type Counted = "statements" | "generations" | "calls" | "faults" | "processesThatDied" | "cancels";

interface Tally extends Record<Counted, number> {
  readonly ends: Record<string, number>;
  readonly wrong: string[];
}

interface Shared {
  readonly tally: Tally;
  readonly state: { readonly isFinishing: boolean };
}

const PER_STATEMENT = 20;
/** Number of looks after which something that is still open counts as wrong. */
const MOST_LOOKS = 100;
/** Length of the wait before a statement, in calls: the last look must be over. */
const CALM_CALLS = 100;
const CANCELED_RATE = 0.05;
const DURATIONS = [4, 6, 8] as const;
const SCENARIOS: readonly JobScenario[] = [
  "finish",
  "finish",
  "finish",
  "finish",
  "immediate",
  "empty",
  "never",
  { fail: "provider-failed" },
];

/** Runs some generations on a new stage until nothing is open, and adds up the results. */
async function runStatement(options: SoakOptions, random: () => number, shared: Shared): Promise<void> {
  const { clock, everyMs, awayMs, perStatement = PER_STATEMENT } = options;
  const { tally, state } = shared;
  const wait = (ms: number): Promise<void> => new Promise((resolve) => clock.setTimeout(resolve, ms));
  const stage = setUp(options, random, shared);
  const device = createSoakDevice(stage);
  const lookAfter = async (ms: number): Promise<void> => {
    for (let leftMs = ms; leftMs > 0;) {
      const nextMs = Math.min(leftMs, random() * awayMs);
      await wait(nextMs);
      leftMs -= nextMs;
      device.look();
    }
  };
  for (let nth = 0; nth < perStatement && !state.isFinishing; nth++) {
    await lookAfter(-Math.log(1 - random()) * everyMs);
    device.start(requestFor(nth));
    tally.generations++;
    if (random() >= CANCELED_RATE) continue;
    tally.cancels++;
    clock.setTimeout(device.cancel, random() * options.jobMs);
  }
  for (let looks = 0; looks < MOST_LOOKS && (looks === 0 || device.isBusy() || stage.isAnythingOpen()); looks++) {
    await lookAfter(awayMs);
  }
  await wait(CALM_CALLS * options.latencyMs);
  stage.lookInCalm();
  const { imbalances, violations } = await stage.state(device.unresolved());
  device.close();
  tally.statements++;
  tally.wrong.push(...violations, ...imbalances);
  for (const said of stage.announced.values()) {
    const last = said.at(-1);
    const end = `${String(last?.status)}/${String(last?.settlement)}`;
    tally.ends[end] = (tally.ends[end] ?? 0) + 1;
  }
}

function setUp(options: SoakOptions, random: () => number, { tally, state }: Shared): Stage {
  const { clock, faultRate, jobMs, latencyMs, polling, open, cancelAnswer, perStatement = PER_STATEMENT } = options;
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T; // the lists here are not empty
  const faultAt: FaultAt = () => (!state.isFinishing && random() < faultRate ? pick(WORLD_FAULTS) : undefined);
  const scenario = Array.from({ length: perStatement }, () => pick(SCENARIOS));
  return createStage({
    canListKeys: true,
    clock,
    polling,
    faultAt,
    open,
    seed: Math.floor(random() * 1e9),
    backend: fakeBackend({ guarantee: "exactly-once", scenario, jobMs, cancelAnswer, credits: 100_000 })(clock),
    latencyMs: (drawn) => drawn * latencyMs,
    onCall({ fault }) {
      tally.calls++;
      if (fault !== undefined) tally.faults++;
    },
    onCrash: () => void tally.processesThatDied++,
  });
}

function requestFor(nth: number): VideoRequest {
  const duration = DURATIONS[nth % DURATIONS.length] ?? 8;
  return { model: "vid-veo-3.1-fast", prompt: `a corgi surfing, take ${nth}`, duration };
}
