// The contract passes a good storage, and finds each fault by the one rule that names it.
import { describe, expect, test } from "vitest";
import type { KeyValueStorage } from "../../platform-ports.ts";
import { failedCases } from "./__fixtures__/failed-cases.ts";
import { keyValueStorageContract, type KeyValueStorageContractOptions } from "./key-value-storage-contract.ts";

type Items = Map<string, string>;
type Storage = Required<KeyValueStorage>;
type Change = (items: Items, good: Storage) => Partial<Storage>;

function goodStorage(items: Items): Storage {
  return {
    getItem: async (key) => items.get(key) ?? null,
    setItem: async (key: string, value: string) => void items.set(key, value),
    removeItem: async (key: string) => void items.delete(key),
    keys: async () => [...items.keys()],
    async compareAndSet(key, expected, next) {
      const isExpected = (items.get(key) ?? null) === expected;
      if (isExpected) items.set(key, next);
      return isExpected;
    },
  };
}

/** A storage with a fault, and a second handle on what it keeps. */
function storageWith(change: Change): KeyValueStorageContractOptions {
  const kept = new WeakMap<KeyValueStorage, Items>();
  const over = (items: Items): KeyValueStorage => {
    const good = goodStorage(items);
    const storage = { ...good, ...change(items, good) };
    kept.set(storage, items);
    return storage;
  };
  return {
    createStorage: () => over(new Map()),
    methods: ["keys", "compareAndSet"],
    reopen: (storage) => over(kept.get(storage) ?? new Map()),
  };
}

const FAULTS: readonly (readonly [string, Change, string])[] = [
  ["cuts long texts", (_, { setItem }) => ({ setItem: (key, text) => setItem(key, text.slice(0, 50_000)) }), "a text"],
  [
    "finds a key by its beginning",
    (items) => ({
      getItem: (key) => items.get(key) ?? [...items].find(([known]) => known.startsWith(key))?.[1] ?? null,
    }),
    "a key that was never set",
  ],
  ["removes all keys from one on", removesRange, "a key that was removed"],
  [
    "does not remove what is not there",
    (items, { removeItem }) => ({
      removeItem: (key) => (items.has(key) ? removeItem(key) : Promise.reject(new Error("No such key."))),
    }),
    "a key that is not there",
  ],
  ["reads all it has, and writes it back a moment later", writesAllBack, "texts that are set and removed"],
  ["takes capital letters for small ones", ignoresCase, "keys that are alike"],
  ["lists what was removed", listsRemoved, "keys() lists"],
  [
    "cuts what it sets in another text's place",
    (_, good) => ({ compareAndSet: (key, expected, next) => good.compareAndSet(key, expected, next.slice(0, 5)) }),
    "compareAndSet() sets",
  ],
  ["compares the lengths of texts", comparesLengths, "compareAndSet() does nothing"],
  [
    "takes an empty text for none",
    (items, good) => ({
      compareAndSet: (key, expected, next) => good.compareAndSet(key, items.get(key) ? expected : null, next),
    }),
    "compareAndSet() takes null",
  ],
  ["looks, waits, and then sets", looksAndWaits, "of 20 that compareAndSet()"],
];

/** As a storage does that keeps everything in one file. */
function writesAllBack(items: Items): Partial<KeyValueStorage> {
  return {
    async setItem(key: string, text: string) {
      const all = [...items.entries(), [key, text] as const];
      await Promise.resolve();
      items.clear();
      for (const [known, value] of all) items.set(known, value);
    },
  };
}

describe("the contract of a key-value storage", () => {
  test("passes a good one", async () => {
    expect(await failedCases(keyValueStorageContract(storageWith(() => ({}))))).toEqual([]);
  });

  test("passes one with the three methods that all have, and one that answers at once", async () => {
    const createStorage = (): KeyValueStorage => withThreeMethods(new Map());
    expect(await failedCases(keyValueStorageContract({ createStorage }))).toEqual([]);
    const atOnce = (): KeyValueStorage => {
      const items = new Map<string, string>();
      return {
        getItem: (key) => items.get(key),
        setItem: (key, value) => items.set(key, value),
        removeItem: (key) => items.delete(key),
        keys: () => items.keys(),
      };
    };
    expect(await failedCases(keyValueStorageContract({ createStorage: atOnce, methods: ["keys"] }))).toEqual([]);
  });

  test.each(FAULTS)("finds a storage that %s", async (_, change, rule) => {
    expect(await failedCases(keyValueStorageContract(storageWith(change)))).toEqual([expect.stringContaining(rule)]);
  });

  test("finds a storage that brings removed keys back when it is opened again", async () => {
    const written: Items = new Map();
    const createStorage = (): KeyValueStorage => {
      const storage = withThreeMethods(new Map());
      return { ...storage, setItem: (key, value) => storage.setItem((written.set(key, value), key), value) };
    };
    const reopen = (): KeyValueStorage => withThreeMethods(written);
    const failed = await failedCases(keyValueStorageContract({ createStorage, reopen }));
    expect(failed).toEqual([expect.stringContaining("opened again")]);
  });

  test("finds a method that was not named, and one that is missing", async () => {
    const named = keyValueStorageContract({ ...storageWith(() => ({})), methods: ["keys"] });
    expect(await failedCases(named)).toEqual([expect.stringContaining("the optional methods")]);
    const missing = keyValueStorageContract({ createStorage: () => withThreeMethods(new Map()), methods: ["keys"] });
    expect(await failedCases(missing)).toContainEqual(expect.stringContaining("the optional methods"));
  });
});

function withThreeMethods(items: Items): KeyValueStorage {
  const { getItem, setItem, removeItem } = goodStorage(items);
  return { getItem, setItem, removeItem };
}

function removesRange(items: Items): Partial<Storage> {
  return {
    removeItem: async (from) => {
      for (const key of items.keys()) if (key >= from) items.delete(key);
    },
  };
}

function ignoresCase(_: Items, { getItem, setItem, removeItem }: Storage): Partial<Storage> {
  const listed = new Set<string>();
  return {
    getItem: (key) => getItem(key.toLowerCase()),
    setItem: (key, value) => setItem((listed.add(key), key.toLowerCase()), value),
    removeItem: (key) => removeItem((listed.delete(key), key.toLowerCase())),
    keys: () => listed,
  };
}

function listsRemoved(items: Items, { setItem }: Storage): Partial<Storage> {
  const listed = new Set<string>();
  return {
    setItem: (key, value) => setItem((listed.add(key), key), value),
    keys: () => new Set([...items.keys(), ...listed]),
  };
}

function comparesLengths(items: Items, good: Storage): Partial<Storage> {
  return {
    compareAndSet(key, expected, next) {
      const text = items.get(key);
      const isAsLong = text !== undefined && text.length === expected?.length;
      return good.compareAndSet(key, isAsLong ? text : expected, next);
    },
  };
}

function looksAndWaits(items: Items): Partial<Storage> {
  return {
    async compareAndSet(key, expected, next) {
      const isExpected = (items.get(key) ?? null) === expected;
      await Promise.resolve();
      if (isExpected) items.set(key, next);
      return isExpected;
    },
  };
}
