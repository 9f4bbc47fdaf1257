// Locks among the tabs of an origin: Web Locks. The browser releases them when their tab is closed or crashes.
import type { GenerationLocks } from "../platform-ports.ts";

/**
 * Uses two Web Locks per generation. The first is the lock itself: it is never waited for and never stolen. The second only shows that there
 * is a driver: each new driver steals it, and tabs that wait for the driver's end wait for the second lock. Waiting for the first one would
 * not do, because browsers grant locks to frozen tabs too, which cannot release them before the user sees them again.
 * `whenFree` may call back too early. A caller that is then refused the lock waits again.
 */
export function createWebLocks(locks: LockManager, namespace: string): GenerationLocks {
  const lockName = (id: string): string => `${namespace}:${id}`;
  const driverName = (id: string): string => `${namespace}:${id}:driver`;

  return {
    tryLock: (id) =>
      new Promise((resolve, reject) => {
        const hold = (lock: Lock | null): Promise<void> | undefined => {
          if (lock === null) {
            resolve(undefined);
            return undefined;
          }
          const held = new Promise<void>((letGo) => resolve(letGo));
          locks.request(driverName(id), { steal: true }, () => held).catch(ignore);
          return held;
        };
        locks.request(lockName(id), { ifAvailable: true }, hold).catch(reject);
      }),

    whenFree(id, listener) {
      const stop = new AbortController();
      // A page that may not use locks is never called back: it would ask again, endlessly.
      let isGranted = false;
      const note = (): void => {
        isGranted = true;
      };
      const tell = (): void => {
        if (isGranted && !stop.signal.aborted) listener();
      };
      // Shared, so that all waiting tabs are called at once: when the lock is released, or stolen by the next driver.
      locks.request(driverName(id), { mode: "shared", signal: stop.signal }, note).then(tell, tell);
      return () => stop.abort();
    },
  };
}

function ignore(): void {
  // The next driver has stolen the lock.
}
