// The store in memory keeps the contract of every store, and what has expired does not stay.
import { describe, expect, test } from "vitest";
import { idempotencyStoreContract } from "../../testing/contracts/idempotency-store-contract.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import type { IdempotencyStore } from "./idempotency-store.ts";
import { createMemoryIdempotencyStore } from "./memory-idempotency-store.ts";

const clock = createTestClock();

describe("the store in memory", () => {
  const createStore = () => createMemoryIdempotencyStore(clock);
  test.each(idempotencyStoreContract({ createStore, advance: (ms) => clock.jump(ms) }))("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

describe("the contract", () => {
  const memory = () => createMemoryIdempotencyStore(clock);
  const broken: readonly [string, () => IdempotencyStore, string][] = [
    ["forgets at once", () => ({ ...memory(), begin: async () => undefined }), "a new key is claimed"],
    ["gives a key to every caller", () => racing(memory()), "of 20 callers"],
    ["does not keep answers", () => ({ ...memory(), complete: async () => undefined }), "an answer comes back"],
    ["does not forget", () => ({ ...memory(), forget: async () => undefined }), "a forgotten key is new"],
    ["mixes keys up", () => renaming(memory(), (key) => key.toLowerCase()), "keys are kept apart"],
    ["keeps records for ever", () => lasting(memory()), "a record lasts"],
  ];

  test.each(broken)("finds a store that %s", async (_, createStore, rule) => {
    const failed: string[] = [];
    for (const { name, run } of idempotencyStoreContract({ createStore, advance: (ms) => clock.jump(ms) })) {
      await run().catch(() => failed.push(name));
    }
    expect(failed).toContainEqual(expect.stringContaining(rule));
  });

  test("does not check expiry where time cannot pass", () => {
    const names = idempotencyStoreContract({ createStore: memory }).map(({ name }) => name);
    expect(names).not.toContainEqual(expect.stringContaining("lasts"));
  });
});

test("expired records make room, in the order in which they expire", async () => {
  const store = createMemoryIdempotencyStore(clock);
  const record = { fingerprint: "f", startedAt: 0 };
  await store.begin("first", record, 1000);
  clock.jump(500);
  await store.begin("second", record, 1000);
  await store.complete("first", record, 1000);
  clock.jump(999);
  expect(await store.begin("second", record, 1000)).toEqual(record);
  clock.jump(1);
  expect(await store.begin("first", record, 1000)).toBeUndefined();
});

test("a record that has expired is gone, also behind one that lasts longer", async () => {
  const store = createMemoryIdempotencyStore(clock);
  const record = { fingerprint: "f", startedAt: 0 };
  await store.begin("long", record, 10_000);
  await store.begin("short", record, 1000);
  clock.jump(1000);
  expect(await store.begin("short", record, 1000)).toBeUndefined();
});

/** Looks, waits, and then begins: what a store without one atomic step does. */
function racing(store: IdempotencyStore): IdempotencyStore {
  const known = new Set<string>();
  return {
    ...store,
    begin: async (key, record, ttlMs) => {
      const isKnown = known.has(key);
      await Promise.resolve();
      known.add(key);
      return isKnown ? await store.begin(key, record, ttlMs) : undefined;
    },
  };
}

function renaming({ begin, complete, forget }: IdempotencyStore, rename: (key: string) => string): IdempotencyStore {
  return {
    begin: (key, record, ttlMs) => begin(rename(key), record, ttlMs),
    complete: (key, record, ttlMs) => complete(rename(key), record, ttlMs),
    forget: (key) => forget(rename(key)),
  };
}

function lasting(store: IdempotencyStore): IdempotencyStore {
  return { ...store, begin: (key, record) => store.begin(key, record, 1e9) };
}
