// localStorage as the engine's storage. Knows no record, only what all of their keys begin with.
import type { CompareAndSetStorage } from "../platform/lease.ts";

/** What every key of the SDK begins with. The rest of localStorage is the app's, and is not listed. */
const KEY_PREFIX = "video-engine:";

/** Writes before it returns. Every failure is a rejection, a full quota among them. */
export function createLocalStorage(storage: Storage): CompareAndSetStorage {
  return {
    getItem: async (key) => storage.getItem(key),
    setItem: async (key: string, value: string) => storage.setItem(key, value),
    removeItem: async (key: string) => storage.removeItem(key),
    compareAndSet: async (key, expected, next) => {
      const isExpected = storage.getItem(key) === expected;
      if (isExpected) storage.setItem(key, next);
      return isExpected;
    },
    keys: async () => Object.keys(storage).filter((key) => key.startsWith(KEY_PREFIX)),
  };
}
