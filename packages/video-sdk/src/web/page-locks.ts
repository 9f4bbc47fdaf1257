// Locks for a page without Web Locks: leases in its localStorage. They are released when the page is left, so a reload does not wait for them.
import { createStorageLocks } from "../platform/storage-locks.ts";
import { systemPlatform } from "../platform/system.ts";
import type { CompareAndSetStorage } from "../platform/lease.ts";
import type { GenerationLocks } from "../ports.ts";

/** Locks among the pages that share this storage. Its listeners stay until the page ends. */
export function createPageLocks(storage: CompareAndSetStorage): GenerationLocks {
  const locks = createStorageLocks({ storage, platform: systemPlatform });
  addEventListener("pagehide", locks.leave);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) locks.comeBack();
  });
  return locks;
}
