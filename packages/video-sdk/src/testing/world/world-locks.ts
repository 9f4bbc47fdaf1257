// Locks among processes that can die: what a dead one had locked is free again, as with a browser's locks. Knows no engine.
import type { GenerationLocks } from "../../ports.ts";
import type { Process } from "./interceptor.ts";

/** The locks as one engine of a process sees them. */
export interface LocksView {
  readonly locks: GenerationLocks;
  /** Whether this engine has the lock now. */
  holds(id: string): boolean;
}

/** Locks that nobody has yet. Gives each engine its own view of them. */
export function createWorldLocks(): (process: Process) => LocksView {
  const holders = new Map<string, { readonly view: object; readonly process: Process }>();
  return (process) => {
    const view = {};
    return {
      holds: (id) => holders.get(id)?.view === view,
      locks: {
        tryLock(id) {
          if (!process.isAlive) return new Promise(() => undefined);
          if (holders.get(id)?.process.isAlive === true) return Promise.resolve(undefined);
          const holder = { view, process };
          holders.set(id, holder);
          return Promise.resolve(() => {
            if (holders.get(id) === holder) holders.delete(id);
          });
        },
      },
    };
  };
}
