// A storage in memory, in the strict asynchronous form that other libraries accept too.
import type { KeyValueStorage } from "../platform-ports.ts";

/** The strict form of {@link KeyValueStorage}. */
export interface MemoryStorage extends KeyValueStorage {
  getItem(key: string): Promise<string | null>;
  setItem(key: string, value: string): Promise<void>;
  removeItem(key: string): Promise<void>;
}

/** An empty storage. */
export function createMemoryStorage(): MemoryStorage {
  const items = new Map<string, string>();
  return {
    getItem: (key) => Promise.resolve(items.get(key) ?? null),
    setItem: (key, value) => Promise.resolve(void items.set(key, value)),
    removeItem: (key) => Promise.resolve(void items.delete(key)),
  };
}
