// Who drives a generation, among the tabs of an origin: Web Locks. The browser frees them when their tab is closed or crashes.
import type { GenerationLocks } from "../ports.ts";

/**
 * GenerationLocks by two locks per generation. One is the lock: it is never waited for and never stolen. The other only says that there is a
 * driver: each driver takes it from whoever has it, and those who wait for the driver's end wait for this one. Browsers grant locks to
 * frozen tabs too, which cannot give them back before they are seen again; a lock must not end like that.
 * `whenFree` may call back too early. Whoever is then refused the lock, and still wants it, waits again.
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
      // A page that may have no locks is never told, or it would ask again without end.
      let isGranted = false;
      const note = (): void => {
        isGranted = true;
      };
      const tell = (): void => {
        if (isGranted && !stop.signal.aborted) listener();
      };
      // Shared, so that all who wait hear of it at once. Told once it is given back, or was taken by the next driver.
      locks.request(driverName(id), { mode: "shared", signal: stop.signal }, note).then(tell, tell);
      return () => stop.abort();
    },
  };
}

function ignore(): void {
  // The next driver has taken the lock.
}
