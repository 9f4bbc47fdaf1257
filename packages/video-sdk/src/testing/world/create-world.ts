// A whole world on simulated time: a user, a backend, a provider, a storage, and engines that may die at any call and be started again.
import type { VideoRequest } from "@video-engine/video-models";
import { defaultPollingPolicy, type PollingPolicy } from "../../core/polling-policy.ts";
import { QUIET_MS } from "../../core/reconcile.ts";
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import { createEngine, type EngineOptions } from "../../engine/create-engine.ts";
import { createJournal, type Journal } from "../../engine/journal.ts";
import { createMemoryStorage } from "../../platform/memory-storage.ts";
import type { VideoApi, VideoLedger } from "../../ports.ts";
import { createSeededRandom } from "../seeded-random.ts";
import { createTestClock, type TestClock } from "../test-clock.ts";
import { fakeBackend } from "./fake-backend.ts";
import type { FaultSchedule, Outage, TracedCall } from "./fault-schedule.ts";
import { createInterceptor } from "./interceptor.ts";
import { createTabs, type WorldEngine } from "./tabs.ts";
import { createToldKeeper, takenBack, type Told } from "./told.ts";
import { createWorldClaims } from "./world-claims.ts";

/** What a world is like. */
export interface WorldOptions {
  readonly schedule?: FaultSchedule;
  /** Times in which every call of a kind fails. A call that the schedule names meets that fault instead. Default: none. */
  readonly outages?: readonly Outage[];
  /** The books and the provider. Default: fakes, whose job takes 90 s. */
  readonly backend?: (clock: TestClock) => WorldBackend;
  /** Default: {@link defaultPollingPolicy}. */
  readonly polling?: PollingPolicy;
  readonly seed?: number;
  /** Milliseconds that a call takes, drawn for each with a number (0 <= random < 1). Default: none. */
  readonly latencyMs?: (random: number) => number;
  /** Opens the engine of a process. Default: the real one. Another may change its ports, or be another thing altogether. */
  readonly open?: (options: EngineOptions) => WorldEngine;
}

/** What an engine talks to, and a look behind it. */
export interface WorldBackend {
  readonly ledger: VideoLedger;
  readonly api: VideoApi;
  /** Everything that is not settled, as sentences. */
  imbalances(): readonly string[] | Promise<readonly string[]>;
  /** Everything that must never be, whatever was lost: as sentences. `told`: what the user heard of each generation that ended. */
  violations(told: Told): readonly string[] | Promise<readonly string[]>;
}

/** What a world has come to. */
export interface WorldEnd {
  /** Every generation, as the last processes saw it. */
  readonly snapshots: readonly GenerationSnapshot[];
  /** What the user was told of each generation that ended, in all processes together. */
  readonly told: Told;
  readonly trace: readonly TracedCall[];
  readonly crashes: number;
  readonly imbalances: readonly string[];
  readonly violations: readonly string[];
  /** Timers that are left: none, once everything is settled. */
  readonly pendingTimers: number;
}

/** A world that is going on. The first tab has number 0. */
export interface World {
  readonly clock: TestClock;
  readonly trace: readonly TracedCall[];
  /** The engine of a tab's living process. */
  engine(tab?: number): WorldEngine;
  /** Tabs that have been opened. */
  tabs(): number;
  /** Opens another tab over the same storage and claims, which resumes. Gives back its number. */
  openTab(): Promise<number>;
  /** Ends a tab's process, as a closed app does, and starts another that resumes. */
  restart(tab?: number): Promise<void>;
  /** Disposes of a tab's engine while its process lives on, as a page does that is drawn anew, and opens another that resumes. */
  reopen(tab?: number): Promise<void>;
  /** Lets everything happen that will: crashes are followed by restarts, and at the end the user opens the app until nothing goes wrong. */
  settle(): Promise<WorldEnd>;
}

/** Restarts after the last crash, at the least: what is left then is left for good. */
const LAST_RESTARTS = 2;

/** A new world. */
export function createWorld(options: WorldOptions = {}): World {
  const { schedule = new Map(), outages = [], polling = defaultPollingPolicy, seed = 1, latencyMs = () => 0 } = options;
  const { backend: createBackend = fakeBackend(), open = createEngine } = options;
  const clock = createTestClock();
  const backend = createBackend(clock);
  const storage = createMemoryStorage();
  const random = createSeededRandom(seed);
  const latency = createSeededRandom(seed + 1);
  const claims = createWorldClaims();
  const keeper = createToldKeeper();
  let ids = 0;

  const tabs = createTabs(clock, (process) => {
    const engine = open({
      ledger: interceptor.ledger(backend.ledger, process),
      api: interceptor.api(backend.api, process),
      platform: { clock, random, createId: () => `generation-${++ids}` },
      polling,
      kept: {
        storage: interceptor.storage(storage, process),
        ...{ claims: claims(process), user: "user", onSetAside: () => undefined },
      },
    });
    engine.subscribe(() => keeper.hear(process.isAlive ? engine.list() : []));
    return engine;
  });
  const interceptor = createInterceptor({
    ...{ schedule, outages, clock, latencyMs: () => latencyMs(latency()) },
    onCrash: tabs.crashed,
  });
  tabs.open();

  /** What an app does now and then: the first time a doubt is only seen, after the quiet it is read back. */
  const readBack = async (): Promise<void> => {
    for (const waitMs of [0, QUIET_MS]) {
      await clock.advance(waitMs);
      void tabs.engine(0).reconcile();
      await tabs.runOut();
    }
  };

  const untilCalm = async (times: number, run: () => Promise<void>): Promise<void> => {
    const faults = (): number => interceptor.trace.filter(({ fault }) => fault !== undefined).length;
    for (let round = 1, before = -1; round <= times || before !== faults(); round++) {
      before = faults();
      await run();
    }
  };

  return {
    clock,
    trace: interceptor.trace,
    engine: (tab = 0) => tabs.engine(tab),
    tabs: tabs.count,
    async openTab() {
      const tab = tabs.open();
      await tabs.resume(tab);
      return tab;
    },
    restart: (tab = 0) => tabs.restart(tab),
    reopen: (tab = 0) => tabs.reopen(tab),
    async settle() {
      await tabs.runOut();
      await untilCalm(LAST_RESTARTS, tabs.restartAll);
      if (backend.ledger.readReserved !== undefined) await untilCalm(1, readBack);
      const journal = createJournal({ storage, user: "user", onSetAside: () => undefined, clock });
      const [imbalances, violations] = await Promise.all([backend.imbalances(), backend.violations(keeper.told)]);
      return {
        ...{ snapshots: tabs.list(), told: keeper.told, trace: interceptor.trace, crashes: tabs.crashes() },
        imbalances: [...imbalances, ...(await keptForNothing(journal, keeper.told))],
        violations: [...violations, ...takenBack(keeper.told)],
        pendingTimers: clock.pending,
      };
    },
  };
}

/** Records that are left, but for those of generations whose credits are held or in doubt. */
async function keptForNothing(journal: Journal, told: Told): Promise<readonly string[]> {
  const kept: string[] = [];
  for (const id of (await journal.ids()) ?? []) {
    const settlement = told.get(id)?.at(-1)?.settlement;
    const isOpen = settlement === "held" || settlement === "unknown";
    if (!isOpen && (await journal.read(id)) !== undefined) kept.push(`${id} still has a record`);
  }
  return kept;
}

/** The request of every run. */
export const WORLD_REQUEST: VideoRequest = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 };
