// A whole world on simulated time: a user, a backend, a provider, a storage, and engines that may die at any call and be started again.
// Everything that is seen is held against checks.ts, call by call.
import type { VideoRequest } from "@video-engine/video-models";
import { defaultPollingPolicy, type PollingPolicy } from "../../core/polling-policy.ts";
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import type { EngineOptions } from "../../engine/create-engine.ts";
import { createTestClock, type TestClock } from "../test-clock.ts";
import { checkOf, type CheckId } from "./checks.ts";
import { fakeBackend } from "./fake-backend.ts";
import { plannedFaults, type AimedFault, type FaultSchedule, type Outage, type TracedCall } from "./fault-schedule.ts";
import { QUIET_MS } from "./rules-of-sending.ts";
import { createStage } from "./stage.ts";
import { createTabs, type WorldEngine } from "./tabs.ts";
import type { Announcements } from "./announcements.ts";
import type { WorldBackend } from "./world-backend.ts";

/** What a world is like. */
export interface WorldOptions {
  readonly schedule?: FaultSchedule;
  /** Faults by the kind of the call. One that the schedule names meets that fault instead. Default: none. */
  readonly aimed?: readonly AimedFault[];
  /** Times in which every call of a kind fails that no other fault is meant for. Default: none. */
  readonly outages?: readonly Outage[];
  /** The books and the provider. Default: fakes, whose job takes 90 s. */
  readonly backend?: (clock: TestClock) => WorldBackend;
  /** Default: {@link defaultPollingPolicy}. */
  readonly polling?: PollingPolicy;
  readonly seed?: number;
  /** Milliseconds that a call takes, drawn for each with a number (0 <= random < 1). Default: none. */
  readonly latencyMs?: (random: number) => number;
  /** Whether the storage can list its keys, as web storage can. Default false: the engine keeps a list of its own. */
  readonly canListKeys?: boolean;
  /** Opens the engine of a process. Default: the real one. Another may change its ports, or be another thing altogether. */
  readonly open?: ((options: EngineOptions) => WorldEngine) | undefined;
  /** Hears of every call when it is made, to do something at that moment. */
  readonly onCall?: (call: TracedCall) => void;
  /** Texts that must be in no record and no event. Default: none beside those of the requests. */
  readonly secrets?: readonly string[];
  /** Checks that cannot hold for what `open` opens, such as S3 for a client that stores nothing. Default: none. */
  readonly unchecked?: readonly CheckId[];
}

/** What a world has come to. */
export interface WorldEnd {
  /** Every generation, as the last processes saw it. */
  readonly snapshots: readonly GenerationSnapshot[];
  /** What the user was told of each generation that ended, in all processes together. */
  readonly announced: Announcements;
  readonly trace: readonly TracedCall[];
  readonly crashes: number;
  readonly imbalances: readonly string[];
  /** Broken checks of {@link CHECKS}, as sentences that begin with their number, and those of the backend. */
  readonly violations: readonly string[];
  /** Timers that are left: none, once everything is settled. */
  readonly pendingTimers: number;
  /** What was coverage: phases, states, verdicts, ends, and faults by the call that met them. */
  readonly coverage: ReadonlySet<string>;
}

/** A world that is going on. The first tab has number 0. */
export interface World {
  readonly clock: TestClock;
  readonly trace: readonly TracedCall[];
  /** The engine of a tab's living process. */
  engine(tab?: number): WorldEngine;
  /** Tabs that have been opened. */
  tabs(): number;
  /** Opens another tab over the same storage and locks, which resumes. `user`: somebody else, on the same device. Gives back its number. */
  openTab(user?: string): Promise<number>;
  /** Ends a tab's process, as a closed app does, and starts another that resumes. */
  restart(tab?: number): Promise<void>;
  /** Disposes of a tab's engine while its process lives on, as a page does that is drawn anew, and opens another that resumes. */
  reopen(tab?: number): Promise<void>;
  /** Lets everything happen that will: crashes are followed by restarts, and at the end the user opens the app until nothing goes wrong. */
  settle(): Promise<WorldEnd>;
}

/** Restarts after the last crash, at the least: what is left then is left for good. */
const LAST_RESTARTS = 2;
const USER = "user";

/** A new world. */
export function createWorld(options: WorldOptions = {}): World {
  const { schedule = new Map(), aimed = [], outages = [], unchecked = [] } = options;
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
    faultAt: plannedFaults({ schedule, aimed, outages }, clock),
    onCall: (call) => {
      trace.push(call);
      onCall?.(call);
    },
    onCrash: (process) => tabs.crashed(process),
  });
  const tabs = createTabs(clock, stage.openEngine);
  tabs.open(USER);

  /** What an app does now and then: the first time a doubt is only seen, after the quiet it is read back. */
  const readBack = async (): Promise<void> => {
    for (const waitMs of [0, QUIET_MS]) {
      await clock.advance(waitMs);
      void tabs.engine(0).reconcile();
      await tabs.runOut();
    }
    await tabs.restartAll();
  };

  const untilCalm = async (times: number, run: () => Promise<void>): Promise<void> => {
    const faults = (): number => trace.filter(({ fault }) => fault !== undefined).length;
    for (let round = 1, before = -1; round <= times || before !== faults(); round++) {
      before = faults();
      await run();
    }
  };

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
      stage.lookInCalm();
      await untilCalm(LAST_RESTARTS, tabs.restartAll);
      if (backend.ledger.readReserved !== undefined) await untilCalm(1, readBack);
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

function timersIn({ pending }: TestClock): readonly string[] {
  return pending === 0 ? [] : [`G17 ${pending} timers are left`];
}

/** The request of every run. */
export const WORLD_REQUEST: VideoRequest = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 };
