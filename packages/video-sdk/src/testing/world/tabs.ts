// The tabs of one app: each has a process that may die and be started again, over one storage. Knows no backend.
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import type { GenerationEngine } from "../../engine/create-engine.ts";
import type { TestClock } from "../test-clock.ts";
import type { Process } from "./interceptor.ts";

/** What a world drives. */
export type WorldEngine = Pick<
  GenerationEngine,
  "generate" | "resume" | "reconcile" | "get" | "list" | "subscribe" | "dispose"
>;

/** Tabs, by number. */
export interface Tabs {
  engine(tab: number): WorldEngine;
  count(): number;
  list(): readonly GenerationSnapshot[];
  /** Opens one more and gives back its number. Nothing is resumed yet. */
  open(): number;
  resume(tab: number): Promise<void>;
  restart(tab: number): Promise<void>;
  restartAll(): Promise<void>;
  reopen(tab: number): Promise<void>;
  /** Hears of a process that has died. It is started again at the next moment of calm. */
  crashed(process: Process): void;
  crashes(): number;
  /** Runs timers and restarts what crashed until nothing moves any more. */
  runOut(): Promise<void>;
}

const A_WEEK_MS = 7 * 86_400_000;

/** No tabs yet. `openEngine` gives a process its engine. */
export function createTabs(clock: TestClock, openEngine: (process: Process) => WorldEngine): Tabs {
  const tabs: { readonly engine: WorldEngine; readonly process: Process }[] = [];
  const dead = new Set<Process>();
  let crashes = 0;

  const tabAt = (tab: number): (typeof tabs)[number] => {
    const found = tabs[tab];
    if (found === undefined) throw new Error(`There is no tab ${tab}: ${tabs.length} have been opened.`);
    return found;
  };

  const openIn = (tab: number, process: Process): void => {
    tabs[tab] = { engine: openEngine(process), process };
  };

  const resume = async (tab: number): Promise<void> => {
    void tabAt(tab).engine.resume();
    await clock.flush();
  };

  const restart = async (tab: number): Promise<void> => {
    const { engine, process } = tabAt(tab);
    dead.delete(process);
    process.isAlive = false;
    engine.dispose();
    openIn(tab, { isAlive: true });
    await resume(tab);
  };

  const runOut = async (): Promise<void> => {
    const until = clock.now() + A_WEEK_MS;
    await clock.flush();
    while (dead.size > 0 || clock.pending > 0) {
      const tab = tabs.findIndex(({ process }) => dead.has(process));
      if (tab >= 0) await restart(tab);
      else await clock.advance(clock.nextDelayMs);
      if (clock.now() > until) throw new Error("The world did not come to rest within a week.");
    }
  };

  return {
    engine: (tab) => tabAt(tab).engine,
    count: () => tabs.length,
    list: () => tabs.flatMap(({ engine }) => engine.list()),
    open() {
      openIn(tabs.length, { isAlive: true });
      return tabs.length - 1;
    },
    resume,
    restart,
    async restartAll() {
      for (const tab of tabs.keys()) await restart(tab);
      await runOut();
    },
    async reopen(tab) {
      const { engine, process } = tabAt(tab);
      engine.dispose();
      openIn(tab, process);
      await resume(tab);
    },
    crashed(process) {
      crashes++;
      dead.add(process);
    },
    crashes: () => crashes,
    runOut,
  };
}
