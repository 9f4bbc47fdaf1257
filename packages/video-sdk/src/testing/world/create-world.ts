// A whole world on simulated time: a user, a backend, a provider, a storage, and engines that can crash at any call and restart.
// Every call is checked against checks.ts.
import type { VideoRequest } from "@video-engine/video-models";
import { defaultPollingPolicy, type PollingPolicy } from "../../core/polling-policy.ts";
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import type { EngineOptions } from "../../engine/create-engine.ts";
import { createTestClock, type TestClock } from "../test-clock.ts";
import { checkOf, type CheckId } from "./checks.ts";
import { fakeBackend } from "./fake-backend.ts";
import { plannedFaults, type AimedFault, type FaultSchedule, type Outage, type TracedCall } from "./fault-schedule.ts";
import { CLOCK_STEP_MS, type Hazard } from "./hazards.ts";
import { QUIET_MS } from "./rules-of-sending.ts";
import { createStage } from "./stage.ts";
import { createTabs, type Tabs, type WorldEngine } from "./tabs.ts";
import type { Announcements } from "./announcements.ts";
import type { WorldBackend } from "./world-backend.ts";

/** Options of a world. */
export interface WorldOptions {
  readonly schedule?: FaultSchedule;
  /** Faults by kind of call. The schedule wins where it names the same call. Default: none. */
  readonly aimed?: readonly AimedFault[];
  /** Periods in which every call of a kind fails, unless another fault is meant for it. Default: none. */
  readonly outages?: readonly Outage[];
  /** Whether the app saves videos elsewhere before their row. Default false. */
  readonly savesVideos?: boolean;
  /** What goes wrong around the engines. Default: nothing. */
  readonly hazards?: readonly Hazard[];
  /** The books and the provider. Default: fakes, whose job takes 90 s. */
  readonly backend?: (clock: TestClock) => WorldBackend;
  /** Default: {@link defaultPollingPolicy}. */
  readonly polling?: PollingPolicy;
  readonly seed?: number;
  /** Milliseconds that a call takes, given a random number (0 <= random < 1). Default: 0. */
  readonly latencyMs?: (random: number) => number;
  /** Whether the storage can list its keys, as web storage can. Default false: the engine keeps a list of its own. */
  readonly canListKeys?: boolean;
  /** Creates the engine of a process. Default: the real engine. A test can wrap its ports or use another client. */
  readonly open?: ((options: EngineOptions) => WorldEngine) | undefined;
  /** Called when a call is made. */
  readonly onCall?: (call: TracedCall) => void;
  /** Whether every other lost call is told by a hostile value that is thrown. Default true. */
  readonly areLossesThrown?: boolean;
  /** Texts that must not appear in any record or event, besides those of the requests. Default: none. */
  readonly secrets?: readonly string[];
  /** Checks to skip because they cannot hold for what `open` creates, such as S3 for a client that stores nothing. Default: none. */
  readonly unchecked?: readonly CheckId[];
}

/** How a world ended. */
export interface WorldEnd {
  /** Every generation as the last processes show it. */
  readonly snapshots: readonly GenerationSnapshot[];
  /** What the user was told of each generation that ended, over all processes. */
  readonly announced: Announcements;
  readonly trace: readonly TracedCall[];
  readonly crashes: number;
  readonly imbalances: readonly string[];
  /** Broken checks of {@link CHECKS} and of the backend, as sentences that begin with the number of the check. */
  readonly violations: readonly string[];
  /** Number of timers left. 0 once everything is settled. */
  readonly pendingTimers: number;
  /** What was reached: phases, states, verdicts, ends, and faults by the call that met them. */
  readonly coverage: ReadonlySet<string>;
}

/** A running world. Its first tab has the number 0. */
export interface World {
  readonly clock: TestClock;
  readonly trace: readonly TracedCall[];
  /** The engine of a tab's current process. */
  engine(tab?: number): WorldEngine;
  /** Number of tabs that have been opened. */
  tabs(): number;
  /** Opens another tab over the same storage and locks, and resumes in it. `user`: another user on the same device. Returns its number. */
  openTab(user?: string): Promise<number>;
  /** Ends a tab's process, as when an app is closed, and starts another that resumes. */
  restart(tab?: number): Promise<void>;
  /** Disposes of a tab's engine while its process lives on, as when a page renders again, and creates another that resumes. */
  reopen(tab?: number): Promise<void>;
  /** Runs until nothing is left to happen. Restarts after crashes, and at the end opens the app until no call fails any more. */
  settle(): Promise<WorldEnd>;
}

/** Minimum number of restarts after the last crash. What is left then stays. */
const LAST_RESTARTS = 2;
const USER = "user";

/** Creates a world. */
export function createWorld(options: WorldOptions = {}): World {
  const { schedule = new Map(), aimed = [], outages = [], unchecked = [], hazards = [] } = options;
  const { polling = defaultPollingPolicy, seed = 1, latencyMs = () => 0, canListKeys = false } = options;
  const { backend: createBackend = fakeBackend(), open, secrets, onCall } = options;
  const clock = createTestClock();
  const backend = createBackend(clock);
  const trace: TracedCall[] = [];
  const stage = createStage({
    clock,
    backend,
    canListKeys,
    polling,
    seed,
    latencyMs,
    open,
    secrets,
    savesVideos: options.savesVideos,
    areLossesThrown: options.areLossesThrown,
    hazards,
    faultAt: plannedFaults({ schedule, aimed, outages }, clock),
    onCall: (call) => {
      trace.push(call);
      onCall?.(call);
    },
    onCrash: (process) => tabs.crashed(process),
  });
  const tabs = createTabs(clock, stage.openEngine);
  const isCalmAt = clock.now() + Math.max(0, ...hazards.map(({ untilMs }) => untilMs));
  tabs.open(USER);

  const untilCalm = (times: number, run: () => Promise<void>): Promise<void> =>
    runUntil(() => trace.filter(({ fault }) => fault !== undefined).length, times, run);

  const isChecked = (sentence: string): boolean => !unchecked.some((check) => check === checkOf(sentence));

  return {
    clock,
    trace,
    engine: (tab = 0) => tabs.engine(tab),
    tabs: tabs.count,
    async openTab(user = USER) {
      const tab = tabs.open(user);
      await tabs.resume(tab);
      return tab;
    },
    restart: (tab = 0) => tabs.restart(tab),
    reopen: (tab = 0) => tabs.reopen(tab),
    async settle() {
      await tabs.runOut();
      // A last start that still met a hazard would prove nothing.
      await clock.advance(Math.max(0, isCalmAt - clock.now()));
      await tabs.runOut();
      stage.lookInCalm();
      const waitsMs = [
        0,
        ...(options.savesVideos === true ? [AN_HOUR_MS] : []),
        ...untilNoStepIsAhead(options, backend),
      ];
      for (const waitMs of waitsMs) {
        await clock.advance(waitMs);
        await untilCalm(LAST_RESTARTS, tabs.restartAll);
      }
      if (backend.ledger.readReserved !== undefined) await untilCalm(1, () => readBack(clock, tabs));
      stage.lookInCalm();
      const { imbalances, violations } = await stage.state(tabs.unresolved());
      return {
        snapshots: tabs.list(),
        announced: stage.announced,
        trace,
        crashes: tabs.crashes(),
        coverage: stage.coverage,
        imbalances: imbalances.filter(isChecked),
        violations: [...violations, ...timersIn(clock)].filter(isChecked),
        pendingTimers: clock.pending,
      };
    },
  };
}

/** After this long the last attempts at a copy are due. */
const AN_HOUR_MS = 3_600_000;

/** A numbered step that was first asked for by a clock that was ahead is repeated only when that time has come. */
function untilNoStepIsAhead({ hazards = [] }: WorldOptions, { ledger }: WorldBackend): readonly number[] {
  const isAhead = hazards.some(({ kind }) => kind === "clock-ahead");
  return ledger.numbersCalls === true && isAhead ? [CLOCK_STEP_MS] : [];
}

/** Runs it so often, and on until it meets no fault. */
async function runUntil(faults: () => number, times: number, run: () => Promise<void>): Promise<void> {
  for (let round = 1, before = -1; round <= times || before !== faults(); round++) {
    before = faults();
    await run();
  }
}

function timersIn({ pending }: TestClock): readonly string[] {
  return pending === 0 ? [] : [`G17 ${pending} timers are left`];
}

/** The request of every run. */
export const WORLD_REQUEST: VideoRequest = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 };

/** Reconciles twice, as an app does now and then: the first call only notes a doubt, the second, after a quiet period, reads it back. */
async function readBack(clock: TestClock, tabs: Tabs): Promise<void> {
  for (const waitMs of [0, QUIET_MS]) {
    await clock.advance(waitMs);
    void tabs.engine(0).reconcile();
    await tabs.runOut();
  }
  await tabs.restartAll();
}
