// Locks among processes that can die. As in a browser, the locks of a dead process are free again.
import type { GenerationLocks } from "../../platform-ports.ts";
import type { Process } from "./interceptor.ts";

/** The locks of one engine. */
export interface LocksView {
  readonly locks: GenerationLocks;
  /** Whether this engine holds the lock now. */
  holds(id: string): boolean;
}

/** What locks say of one that another holder has: as the contract has it, and as an app's own locks may. */
const TAKEN: readonly unknown[] = [undefined, null, false];

/** Creates the locks of a device. Returns a function that gives each engine its own view of them. */
export function createWorldLocks(): (process: Process) => LocksView {
  const holders = new Map<string, { readonly view: object; readonly process: Process }>();
  let refusals = 0;
  return (process) => {
    const view = {};
    return {
      holds: (id) => holders.get(id)?.view === view,
      locks: {
        tryLock(id) {
          if (!process.isAlive) return new Promise(() => undefined);
          if (holders.get(id)?.process.isAlive === true)
            return Promise.resolve(TAKEN[refusals++ % TAKEN.length] as undefined);
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
