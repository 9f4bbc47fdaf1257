// What every key-value storage must do, as plain cases that any test runner can run. Imports no test runner.
import type { KeyValueStorage } from "../../platform-ports.ts";
import { casesOf, expectSame, expectThat, joinChecks, type Checks, type ContractCase } from "./contract-case.ts";

/** How to reach a storage. */
export interface KeyValueStorageContractOptions {
  /** An empty storage, except for keys that do not begin with `video-engine:`. Called once for each case. */
  readonly createStorage: () => KeyValueStorage | Promise<KeyValueStorage>;
  /** The optional methods that the storage has. Default: none. */
  readonly methods?: readonly ("keys" | "compareAndSet")[] | undefined;
  /** Opens what a storage keeps a second time, as another tab or a restarted app does. Left out: that is not checked. */
  readonly reopen?: ((storage: KeyValueStorage) => KeyValueStorage | Promise<KeyValueStorage>) | undefined;
}

const RECORD = "video-engine:1:ada:record:a";
const OTHER = "video-engine:1:ada:record:b";
const TEXTS = ["g1,g2", "", "x".repeat(100_000), '{"a":"\ud83c\udfa5 \\ \n \u2028"}', "null", "undefined", "0"];
/** Keys that a careless storage could take for one another. */
const KEYS = [RECORD, "video-engine:1:Ada:record:a", "video-engine:1:ada%3Arecord:a", `${RECORD}:`, "video-engine:"];

type Reopen = NonNullable<KeyValueStorageContractOptions["reopen"]>;

const EVERY_STORAGE: Checks<KeyValueStorage> = {
  "a text that was set is got, whatever is in it": async (storage) => {
    for (const text of TEXTS) {
      await storage.setItem(RECORD, text);
      expectSame(await storage.getItem(RECORD), text, "getItem after setItem");
    }
  },
  "a key that was never set has no text": async (storage) => {
    await storage.setItem(RECORD, "set");
    for (const key of [OTHER, `${RECORD}:`, RECORD.slice(0, -1)]) await expectNothing(storage, key);
  },
  "a key that was removed has no text, and the others keep theirs": async (storage) => {
    await storage.setItem(RECORD, "removed");
    await storage.setItem(OTHER, "kept");
    await storage.removeItem(RECORD);
    await expectNothing(storage, RECORD);
    expectSame(await storage.getItem(OTHER), "kept", "getItem of a key that was not removed");
  },
  "a key that is not there can be removed": async (storage) => {
    await storage.removeItem(RECORD);
    await expectNothing(storage, RECORD);
  },
  "texts that are set and removed under different keys at the same time are all set and removed": async (storage) => {
    const keys = Array.from({ length: 20 }, (_, index) => `${RECORD}${index + 10}`);
    await Promise.all(keys.map((key) => storage.setItem(key, key)));
    await Promise.all(keys.map((key, index) => (index < 10 ? storage.removeItem(key) : storage.setItem(key, "again"))));
    for (const key of keys.slice(0, 10)) await expectNothing(storage, key);
    for (const key of keys.slice(10)) expectSame(await storage.getItem(key), "again", `getItem("${key}")`);
  },
  "keys that are alike are kept apart": async (storage) => {
    for (const key of KEYS) await storage.setItem(key, key);
    for (const key of KEYS) expectSame(await storage.getItem(key), key, `getItem("${key}")`);
  },
};

const WITH_KEYS: Checks<KeyValueStorage> = {
  "keys() lists each key once, as it was set, and none that was removed": async (storage) => {
    for (const key of KEYS) await storage.setItem(key, "first");
    for (const key of [...KEYS, OTHER]) await storage.setItem(key, "second");
    await storage.removeItem(OTHER);
    const listed = [...((await storage.keys?.()) ?? [])].filter((key) => key.startsWith("video-engine:"));
    expectSame(listed.sort(), [...KEYS].sort(), "keys()");
  },
};

const WITH_COMPARE_AND_SET: Checks<KeyValueStorage> = {
  "compareAndSet() sets a text in the place of the expected one": async (storage) => {
    await storage.setItem(RECORD, "first");
    expectSame(await storage.compareAndSet?.(RECORD, "first", "second"), true, "compareAndSet with the right text");
    expectSame(await storage.getItem(RECORD), "second", "getItem after compareAndSet");
  },
  "compareAndSet() does nothing where another text is": async (storage) => {
    await storage.setItem(RECORD, "first");
    expectSame(await storage.compareAndSet?.(RECORD, "other", "second"), false, "compareAndSet with another text");
    expectSame(await storage.getItem(RECORD), "first", "getItem after compareAndSet");
  },
  "compareAndSet() takes null for a key that has no text, and for no other": async (storage) => {
    expectSame(await storage.compareAndSet?.(RECORD, null, ""), true, "compareAndSet(key, null) of a new key");
    expectSame(await storage.compareAndSet?.(RECORD, null, "x"), false, "compareAndSet(key, null) of an empty text");
    await storage.removeItem(RECORD);
    expectSame(await storage.compareAndSet?.(RECORD, "", "x"), false, "compareAndSet(key, text) of a removed key");
  },
};

const reopened = (reopen: Reopen): Checks<KeyValueStorage> => ({
  "what was set is there when the storage is opened again": async (storage) => {
    await storage.setItem(RECORD, "kept");
    await storage.setItem(OTHER, "removed");
    await storage.removeItem(OTHER);
    const again = await reopen(storage);
    expectSame(await again.getItem(RECORD), "kept", "getItem of the storage that was opened again");
    await expectNothing(again, OTHER);
  },
});

/** Of many that call at the same time, through two handles where there are two, one wins. */
const raced = (reopen: Reopen): Checks<KeyValueStorage> => ({
  "of 20 that compareAndSet() at the same time, one does": async (storage) => {
    const handles = [storage, await reopen(storage)] as const;
    for (const expected of [null, "before"]) {
      if (expected !== null) await storage.setItem(RECORD, expected);
      const tries = Array.from({ length: 20 }, async (_, index) => {
        const isDone = await handles[index % 2 === 0 ? 0 : 1].compareAndSet?.(RECORD, expected, `by ${index}`);
        return isDone === true ? [`by ${index}`] : [];
      });
      const winners = (await Promise.all(tries)).flat();
      expectSame(winners.length, 1, "the number of those that were told they had set it");
      expectSame(await storage.getItem(RECORD), winners[0], "getItem after the race");
    }
  },
});

/** The rules of {@link KeyValueStorage}: with vitest `test.each(cases)("$name", ({ run }) => run())`. */
export function keyValueStorageContract(options: KeyValueStorageContractOptions): readonly ContractCase[] {
  const { createStorage, methods = [], reopen } = options;
  const promises: Checks<KeyValueStorage> = {
    "it has the optional methods that were named, and no others": async (storage) => {
      for (const method of ["keys", "compareAndSet"] as const)
        expectSame(storage[method] !== undefined, methods.includes(method), `whether there is a method ${method}`);
    },
  };
  const checks = [promises, EVERY_STORAGE];
  if (methods.includes("keys")) checks.push(WITH_KEYS);
  if (methods.includes("compareAndSet")) checks.push(WITH_COMPARE_AND_SET, raced(reopen ?? ((same) => same)));
  if (reopen !== undefined) checks.push(reopened(reopen));
  return casesOf(joinChecks(checks), createStorage);
}

async function expectNothing(storage: KeyValueStorage, key: string): Promise<void> {
  const text = await storage.getItem(key);
  expectThat(text === null || text === undefined, `getItem("${key}"): expected null, got ${JSON.stringify(text)}.`);
}
