// Goes on with a generation that a closed app, another tab or this engine has left: locked, read, and run from what is stored.
// What a stored state means is core/resume.ts.
import { isUnfinished, resume } from "../core/resume.ts";
import type { Rules } from "../core/transition-result.ts";
import type { GenerationLocks, VideoPlatform } from "../ports.ts";
import type { GenerationPool } from "./generation-pool.ts";
import type { Journal } from "./journal.ts";

/** What it needs. */
export interface TakeUpOptions {
  readonly journal: Pick<Journal, "read" | "record">;
  readonly locks: GenerationLocks;
  readonly pool: Pick<GenerationPool, "get" | "isRunning" | "unstored" | "letGo" | "run">;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
  readonly rules: Rules;
  isDisposed(): boolean;
}

/** The way to take generations up. */
export interface TakeUp {
  /**
   * Takes up one generation, unless it is driven here or elsewhere; one that is driven elsewhere is taken up when that ends before it does.
   * Asked for the same one twice at once, it is done once. Gives nothing back: a handle is a promise, and an async function would wait for
   * its video.
   */
  take(id: string): Promise<void>;
  /** Stops driving a generation that another may drive by now, and takes it up when that ends. */
  lost(id: string): void;
  /** Waits for no other driver any more. */
  stop(): void;
}

/** The way to take up what is stored. */
export function createTakeUp(options: TakeUpOptions): TakeUp {
  const { journal, locks, pool, platform, rules, isDisposed } = options;
  const underWay = new Map<string, Promise<void>>();
  const waiting = new Map<string, () => void>();

  const waitForOther = (id: string): void => {
    if (isDisposed() || waiting.has(id) || locks.whenFree === undefined) return;
    let isFree = false;
    const onFree = (): void => {
      isFree = true;
      waiting.delete(id);
      // Not joined to the one that has just been refused, should that be ending still.
      void (underWay.get(id) ?? Promise.resolve()).then(() => take(id));
    };
    const stopWaiting = locks.whenFree(id, onFree);
    if (!isFree) waiting.set(id, stopWaiting);
  };

  const takeUp = async (id: string): Promise<void> => {
    if (pool.isRunning(id)) return;
    const release = await takeLock(locks, id, () => lost(id));
    if (release === undefined) return waitForOther(id);
    // What this engine knows to have ended is not gone on with from an older record.
    const stored = pool.unstored(id) ?? (await journal.read(id));
    if (stored === undefined || isDisposed()) return release();
    if (!isUnfinished(stored)) {
      // It could not be removed when it ended.
      await journal.record(stored);
      return release();
    }
    const first = resume(stored, { at: platform.clock.now(), random: platform.random() }, rules);
    const isNothingNew = first[0] === stored && first[1].length === 0 && pool.get(id) !== undefined;
    if (isNothingNew) return release();
    pool.run(first, { signal: undefined, resumedFrom: stored, locked: Promise.resolve(release) });
  };

  const take = (id: string): Promise<void> => {
    const taking = underWay.get(id) ?? takeUp(id).finally(() => underWay.delete(id));
    underWay.set(id, taking);
    return taking;
  };

  const lost = (id: string): void => {
    // Not before the storage is let alone: a write may be under way.
    void pool.letGo(id).then(() => (isDisposed() ? undefined : take(id)));
  };

  return {
    take,
    lost,
    stop() {
      for (const stopWaiting of waiting.values()) stopWaiting();
      waiting.clear();
    },
  };
}

/** The way to let go of a generation, once it is ours. Locks that fail are nobody's, so it is not. */
export async function takeLock(
  locks: GenerationLocks,
  id: string,
  onLost: () => void,
): Promise<(() => void) | undefined> {
  try {
    const release = await locks.tryLock(id, onLost);
    return release && (() => letGo(release));
  } catch {
    return undefined;
  }
}

/** GenerationLocks whose end fails have ended all the same, or will with the process. */
function letGo(release: () => void): void {
  try {
    release();
  } catch {
    // Nobody can do anything about it.
  }
}
