// Locks within one process. Engines that share a storage in one process share one of these.
import type { GenerationLocks } from "../platform-ports.ts";

/** Locks among the engines that they are passed to. */
export function createLocalLocks(): GenerationLocks {
  const held = new Map<string, Set<() => void>>();
  return {
    tryLock(id) {
      if (held.has(id)) return Promise.resolve(undefined);
      const waiting = new Set<() => void>();
      held.set(id, waiting);
      return Promise.resolve(() => {
        if (held.get(id) !== waiting) return;
        held.delete(id);
        for (const listener of waiting) listener();
      });
    },
    whenFree(id, listener) {
      const waiting = held.get(id);
      if (waiting === undefined) listener();
      const own = (): void => listener();
      waiting?.add(own);
      return () => void waiting?.delete(own);
    },
  };
}
