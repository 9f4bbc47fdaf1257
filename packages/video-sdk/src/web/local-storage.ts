// localStorage as the engine's storage. Knows no record, only the prefix of their keys.
import type { CompareAndSetStorage } from "../platform/lease.ts";

/** The prefix of every key of the SDK. The app's own keys are not listed. */
const KEY_PREFIX = "video-engine:";

/** A storage that writes before it returns. Every failure is a rejection, also a full quota. */
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
