// A storage that can compare and set, in memory. `setBroken`: every call fails for as long as it is.
import type { CompareAndSetStorage } from "../lease.ts";

/** The storage, and what is in it. */
export interface TestCompareAndSetStorage extends CompareAndSetStorage {
  readonly items: Map<string, string>;
  setBroken(isBroken: boolean): void;
}

/** An empty one. */
export function createCompareAndSetStorage(): TestCompareAndSetStorage {
  const items = new Map<string, string>();
  let isBroken = false;
  const answer = async <T>(run: () => T): Promise<T> => {
    if (isBroken) throw new Error("The storage is full.");
    return run();
  };
  return {
    items,
    setBroken: (is) => void (isBroken = is),
    getItem: (key) => answer(() => items.get(key) ?? null),
    setItem: (key: string, text: string) => answer(() => void items.set(key, text)),
    removeItem: (key: string) => answer(() => void items.delete(key)),
    keys: () => answer(() => [...items.keys()]),
    compareAndSet: (key, expected, next) =>
      answer(() => {
        const isExpected = (items.get(key) ?? null) === expected;
        if (isExpected) items.set(key, next);
        return isExpected;
      }),
  };
}
