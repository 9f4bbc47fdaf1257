// A whole world on simulated time: a user, a backend, a provider, a storage, and engines that may die at any call and be started again.
import type { VideoRequest } from "@video-engine/video-models";
import { defaultPollingPolicy, type PollingPolicy } from "../../core/polling-policy.ts";
import { QUIET_MS } from "../../core/reconcile.ts";
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import { createEngine, type EngineOptions, type VideoEngine } from "../../engine/create-engine.ts";
import { createJournal } from "../../engine/journal.ts";
import { createMemoryStorage } from "../../platform/memory-storage.ts";
import type { VideoApi, VideoLedger } from "../../ports.ts";
import { createSeededRandom } from "../seeded-random.ts";
import { createTestClock, type TestClock } from "../test-clock.ts";
import { fakeBackend } from "./fake-backend.ts";
import type { FaultSchedule, TracedCall } from "./fault-schedule.ts";
import { createInterceptor, type Process } from "./interceptor.ts";
import { createToldKeeper, takenBack, type Told } from "./told.ts";
import { createWorldClaims } from "./world-claims.ts";

/** What a world drives. */
export type WorldEngine = Pick<
  VideoEngine,
  "generate" | "resume" | "reconcile" | "get" | "list" | "subscribe" | "dispose"
>;

/** What a world is like. */
export interface WorldOptions {
  readonly schedule?: FaultSchedule;
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
  /** Every generation, as the last process saw it. */
  readonly snapshots: readonly GenerationSnapshot[];
  /** What the user was told of each generation that ended, in all processes together. */
  readonly told: Told;
  readonly trace: readonly TracedCall[];
  readonly crashes: number;
  readonly imbalances: readonly string[];
  readonly violations: readonly string[];
  /** Ids of the generations that still have a record: none, but for those whose credits are held or in doubt. */
  readonly records: readonly string[];
  /** Timers that are left: none, once everything is settled. */
  readonly pendingTimers: number;
}

/** A world that is going on. The first tab has number 0. */
export interface World {
  readonly clock: TestClock;
  readonly trace: readonly TracedCall[];
  /** The engine of a tab's living process. */
  engine(tab?: number): WorldEngine;
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
const A_DAY_MS = 86_400_000;

/** A new world. */
export function createWorld(options: WorldOptions = {}): World {
  const { schedule = new Map(), polling = defaultPollingPolicy, seed = 1, latencyMs = () => 0 } = options;
  const { backend: createBackend = fakeBackend(), open: createOne = createEngine } = options;
  const clock = createTestClock();
  const backend = createBackend(clock);
  const storage = createMemoryStorage();
  const random = createSeededRandom(seed);
  const latency = createSeededRandom(seed + 1);
  const claims = createWorldClaims();
  const keeper = createToldKeeper();
  const tabs: { readonly engine: WorldEngine; readonly process: Process }[] = [];
  const crashed = new Set<Process>();
  let ids = 0;
  let crashes = 0;

  const onCrash = (process: Process): void => {
    crashes++;
    crashed.add(process);
  };
  const interceptor = createInterceptor({ schedule, clock, latencyMs: () => latencyMs(latency()), onCrash });

  const open = (tab: number, process: Process): void => {
    const engine = createOne({
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
    tabs[tab] = { engine, process };
  };
  open(0, { isAlive: true });

  const openAgain = async (tab: number, process: Process): Promise<void> => {
    open(tab, process);
    void tabAt(tab).engine.resume();
    await clock.flush();
  };

  const tabAt = (tab: number): (typeof tabs)[number] => {
    const found = tabs[tab];
    if (found === undefined) throw new Error(`There is no tab ${tab}: ${tabs.length} have been opened.`);
    return found;
  };

  const restart = async (tab = 0): Promise<void> => {
    const { engine, process } = tabAt(tab);
    crashed.delete(process);
    process.isAlive = false;
    engine.dispose();
    await openAgain(tab, { isAlive: true });
  };

  const faultsMet = (): number => interceptor.trace.filter(({ fault }) => fault !== undefined).length;

  /** Runs timers and restarts what crashed until nothing moves any more. */
  const runOut = async (): Promise<void> => {
    const until = clock.now() + 2 * A_DAY_MS;
    await clock.flush();
    while (crashed.size > 0 || clock.pending > 0) {
      const tab = tabs.findIndex(({ process }) => crashed.has(process));
      if (tab >= 0) await restart(tab);
      else await clock.advance(clock.nextDelayMs);
      if (clock.now() > until) throw new Error("The world did not come to rest within two days.");
    }
  };

  /** What an app does now and then: the first time a doubt is only seen, after the quiet it is read back. */
  const readBack = async (): Promise<void> => {
    for (const waitMs of [0, QUIET_MS]) {
      await clock.advance(waitMs);
      void tabAt(0).engine.reconcile();
      await runOut();
    }
  };

  const untilCalm = async (times: number, run: () => Promise<void>): Promise<void> => {
    for (let round = 1, before = -1; round <= times || before !== faultsMet(); round++) {
      before = faultsMet();
      await run();
    }
  };

  return {
    clock,
    trace: interceptor.trace,
    engine: (tab = 0) => tabAt(tab).engine,
    async openTab() {
      const tab = tabs.length;
      await openAgain(tab, { isAlive: true });
      return tab;
    },
    restart,
    async reopen(tab = 0) {
      const { engine, process } = tabAt(tab);
      engine.dispose();
      await openAgain(tab, process);
    },
    async settle() {
      await runOut();
      await untilCalm(LAST_RESTARTS, async () => {
        for (const tab of tabs.keys()) await restart(tab);
        await runOut();
      });
      await untilCalm(1, readBack);
      const journal = createJournal({ storage, user: "user", onSetAside: () => undefined });
      const ended = await Promise.all([backend.imbalances(), backend.violations(keeper.told), readable(journal)]);
      const [imbalances, violations, records] = ended;
      return {
        snapshots: tabs.flatMap(({ engine }) => engine.list()),
        ...{ told: keeper.told, trace: interceptor.trace, crashes, imbalances, records },
        violations: [...violations, ...takenBack(keeper.told)],
        pendingTimers: clock.pending,
      };
    },
  };
}

async function readable(journal: ReturnType<typeof createJournal>): Promise<readonly string[]> {
  const records: string[] = [];
  for (const id of await journal.ids()) if ((await journal.read(id)) !== undefined) records.push(id);
  return records;
}

/** The request of every run. */
export const WORLD_REQUEST: VideoRequest = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 };
