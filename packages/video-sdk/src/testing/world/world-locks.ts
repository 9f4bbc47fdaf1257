// Locks among processes that can die. As in a browser, the locks of a dead process are free again.
import type { GenerationLocks } from "../../platform-ports.ts";
import type { Process } from "./interceptor.ts";

/** The locks of one engine. */
export interface LocksView {
  readonly locks: GenerationLocks;
  /** Whether this engine holds the lock now. */
  holds(id: string): boolean;
}

/** Creates the locks of a device. Returns a function that gives each engine its own view of them. */
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
