// Locks for a page without Web Locks: leases in its localStorage, given up when the page is left, so that a reload need not wait for them.
import { createStorageLocks } from "../platform/storage-locks.ts";
import { systemPlatform } from "../platform/system.ts";
import type { CompareAndSetStorage } from "../platform/lease.ts";
import type { GenerationLocks } from "../ports.ts";

/** GenerationLocks among the pages that share this storage. Listens for as long as the page lives. */
export function createPageLocks(storage: CompareAndSetStorage): GenerationLocks {
  const locks = createStorageLocks({ storage, platform: systemPlatform });
  addEventListener("pagehide", locks.leave);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) locks.comeBack();
  });
  return locks;
}
