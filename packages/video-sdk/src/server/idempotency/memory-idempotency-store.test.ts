// The store in memory keeps the contract of every store, and what has expired does not stay.
import { describe, expect, test } from "vitest";
import { idempotencyStoreContract } from "../../testing/contracts/idempotency-store-contract.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import type { IdempotencyRecord, IdempotencyStore } from "./idempotency-store.ts";
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
    ["does not keep answers", () => ({ ...memory(), update: async () => undefined }), "an answer comes back"],
    ["does not forget", () => ({ ...memory(), forget: async () => undefined }), "a forgotten key is new"],
    ["mixes keys up", () => renaming(memory(), (key) => key.toLowerCase()), "keys are kept apart"],
    ["gives a run its own record", () => ({ ...memory(), begin: strange(memory()) }), "asks again for its own key"],
    ["forgets whatever run asks", forgetful, "late forgetting"],
    ["keeps whatever run answers", () => overwriting({ isOwn: false, isKept: true }), "late answer"],
    ["lets a sign of life take the answer", () => overwriting({ isOwn: true, isKept: false }), "late sign of life"],
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
  const record = { runId: "r", fingerprint: "f", seenAt: 0 };
  const other = { ...record, runId: "other" };
  await store.begin("first", record, 1000);
  clock.jump(500);
  await store.begin("second", record, 1000);
  await store.update("first", record, 1000);
  clock.jump(999);
  expect(await store.begin("second", other, 1000)).toEqual(record);
  clock.jump(1);
  expect(await store.begin("first", other, 1000)).toBeUndefined();
});

test("a record that has expired is gone, also behind one that lasts longer", async () => {
  const store = createMemoryIdempotencyStore(clock);
  const record = { runId: "r", fingerprint: "f", seenAt: 0 };
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

function renaming({ begin, update, forget }: IdempotencyStore, rename: (key: string) => string): IdempotencyStore {
  return {
    begin: (key, record, ttlMs) => begin(rename(key), record, ttlMs),
    update: (key, record, ttlMs) => update(rename(key), record, ttlMs),
    forget: (key, runId) => forget(rename(key), runId),
  };
}

function lasting(store: IdempotencyStore): IdempotencyStore {
  return { ...store, begin: (key, record) => store.begin(key, record, 1e9) };
}

/** Takes a run that asks twice for another one, as \`SET NX GET\` does. */
function strange(store: IdempotencyStore): IdempotencyStore["begin"] {
  const asked = new Set<string>();
  return async (key, record, ttlMs) => {
    const isAgain = asked.has(key + record.runId);
    asked.add(key + record.runId);
    return isAgain ? record : await store.begin(key, record, ttlMs);
  };
}

/** Deletes by key alone. */
function forgetful(): IdempotencyStore {
  const store = createMemoryIdempotencyStore(clock);
  const runOf = new Map<string, string>();
  return {
    ...store,
    begin: async (key, record, ttlMs) => {
      const known = await store.begin(key, record, ttlMs);
      if (known === undefined) runOf.set(key, record.runId);
      return known;
    },
    forget: async (key) => await store.forget(key, runOf.get(key) ?? ""),
  };
}

/** Replaces records without looking, as \`SET\` does: those of other runs, or its own answers. */
function overwriting({ isOwn, isKept }: { readonly isOwn: boolean; readonly isKept: boolean }): IdempotencyStore {
  const records = new Map<string, IdempotencyRecord>();
  return {
    begin: async (key, record) => {
      const known = records.get(key);
      if (known === undefined) records.set(key, record);
      return known?.runId === record.runId ? undefined : known;
    },
    update: async (key, record) => {
      const known = records.get(key);
      const isOther = isOwn && known !== undefined && known.runId !== record.runId;
      const isLess = isKept && known?.answer !== undefined && record.answer === undefined;
      if (!isOther && !isLess) records.set(key, record);
    },
    forget: async (key, runId) => {
      if (records.get(key)?.runId === runId) records.delete(key);
    },
  };
}
