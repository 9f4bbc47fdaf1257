// The tabs of one app over one storage. Each has a process that can die and be restarted. Uses no backend.
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import type { VideoRequest } from "@video-engine/video-models";
import type { GenerateOptions, GenerationEngine } from "../../engine/create-engine.ts";
import type { Generation } from "../../engine/generation-handle.ts";
import type { TestClock } from "../test-clock.ts";
import type { Process } from "./interceptor.ts";

/** The part of an engine that a world uses. */
export interface WorldEngine extends Pick<
  GenerationEngine,
  "resume" | "reconcile" | "get" | "list" | "unresolved" | "subscribe" | "dispose"
> {
  /** Worlds bring no files. */
  generate(request: VideoRequest, options?: GenerateOptions): Generation;
}

/** Tabs, by number. */
export interface Tabs {
  engine(tab: number): WorldEngine;
  count(): number;
  list(): readonly GenerationSnapshot[];
  /** Generations that some tab lists as unresolved. */
  unresolved(): ReadonlySet<string>;
  /** Opens another tab for a user and returns its number. Does not resume. */
  open(user: string): number;
  resume(tab: number): Promise<void>;
  restart(tab: number): Promise<void>;
  restartAll(): Promise<void>;
  reopen(tab: number): Promise<void>;
  /** To be called when a process has died. It is restarted when no promise job is pending. */
  crashed(process: Process): void;
  crashes(): number;
  /** Runs timers and restarts crashed processes until nothing is left to do. */
  runOut(): Promise<void>;
}

const A_WEEK_MS = 7 * 86_400_000;

/** Creates an empty set of tabs. `openEngine` creates the engine of a process. */
export function createTabs(clock: TestClock, openEngine: (process: Process, user: string) => WorldEngine): Tabs {
  const tabs: { readonly engine: WorldEngine; readonly process: Process; readonly user: string }[] = [];
  const dead = new Set<Process>();
  let crashes = 0;

  const tabAt = (tab: number): (typeof tabs)[number] => {
    const found = tabs[tab];
    if (found === undefined) throw new Error(`There is no tab ${tab}: ${tabs.length} have been opened.`);
    return found;
  };

  const openIn = (tab: number, process: Process, user: string): void => {
    tabs[tab] = { engine: openEngine(process, user), process, user };
  };

  const resume = async (tab: number): Promise<void> => {
    void tabAt(tab).engine.resume();
    await clock.flush();
  };

  const restart = async (tab: number): Promise<void> => {
    const { engine, process, user } = tabAt(tab);
    dead.delete(process);
    process.isAlive = false;
    engine.dispose();
    openIn(tab, { isAlive: true }, user);
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
    unresolved: () => new Set(tabs.flatMap(({ engine }) => engine.unresolved().map(({ id }) => id))),
    open(user) {
      openIn(tabs.length, { isAlive: true }, user);
      return tabs.length - 1;
    },
    resume,
    restart,
    async restartAll() {
      for (const tab of tabs.keys()) await restart(tab);
      await runOut();
    },
    async reopen(tab) {
      const { engine, process, user } = tabAt(tab);
      engine.dispose();
      openIn(tab, process, user);
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
