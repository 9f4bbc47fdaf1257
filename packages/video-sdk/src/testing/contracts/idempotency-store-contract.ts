// What every idempotency store must do, as plain cases that any test runner can run. Imports no test runner.
import type { IdempotencyRecord, IdempotencyStore } from "../../server/idempotency/idempotency-store.ts";
import { casesOf, expectSame, joinChecks, type Checks, type ContractCase } from "./contract-case.ts";

/** How to reach a store. */
export interface IdempotencyStoreContractOptions {
  /** An empty store. Called once for each case. */
  readonly createStore: () => IdempotencyStore | Promise<IdempotencyStore>;
  /** Lets time pass for the store, milliseconds. Left out: that records expire is not tested. */
  readonly advance?: ((ms: number) => Promise<void> | void) | undefined;
}

const DAY_MS = 86_400_000;
const FIRST: IdempotencyRecord = { runId: "run 1", fingerprint: "first", seenAt: 1 };
const SECOND: IdempotencyRecord = { runId: "run 2", fingerprint: "second", seenAt: 2 };
const DONE: IdempotencyRecord = {
  ...FIRST,
  answer: { kind: "answered", body: { queued: true, requestId: "job-1", note: 'ünïcödé \u2028 \\ "' } },
};
const FAILED: IdempotencyRecord = {
  ...SECOND,
  answer: { kind: "failed", error: { code: "internal", message: "No.", retryable: false } },
};

const EVERY_STORE: Checks<IdempotencyStore> = {
  "a new key is claimed, and after that gives what claimed it": async (store) => {
    same(await store.begin("key", FIRST, DAY_MS), undefined);
    same(await store.begin("key", SECOND, DAY_MS), FIRST);
  },
  "of 20 callers at the same time one locks the key": async (store) => {
    const all = Array.from({ length: 20 }, (_, at) => store.begin("key", { ...FIRST, runId: `run ${at}` }, DAY_MS));
    const locks = (await Promise.all(all)).filter((known) => known === undefined || known === null);
    same(locks.length, 1);
  },
  "an answer comes back as it was kept": async (store) => {
    await store.begin("key", FIRST, DAY_MS);
    await store.update("key", DONE, DAY_MS);
    same(await store.begin("key", SECOND, DAY_MS), DONE);
    await store.begin("other", SECOND, DAY_MS);
    await store.update("other", FAILED, DAY_MS);
    same(await store.begin("other", FIRST, DAY_MS), FAILED);
  },
  "a run that says that it goes on is seen": async (store) => {
    await store.begin("key", FIRST, DAY_MS);
    await store.update("key", { ...FIRST, seenAt: 9 }, DAY_MS);
    same(await store.begin("key", SECOND, DAY_MS), { ...FIRST, seenAt: 9 });
  },
  "a forgotten key is new, and one that never was can be forgotten": async (store) => {
    await store.forget("key", FIRST.runId);
    await store.begin("key", FIRST, DAY_MS);
    await store.forget("key", FIRST.runId);
    same(await store.begin("key", SECOND, DAY_MS), undefined);
  },
  "keys are kept apart, whatever is in them": async (store) => {
    const keys = ["key", "KEY", "key ", '["u1","key"]', '["u1","ke","y"]', "ключ", "k:e:y", "{k}ey", "x".repeat(600)];
    for (const key of keys) same(await store.begin(key, { ...FIRST, fingerprint: key }, DAY_MS), undefined);
    for (const key of keys) same((await store.begin(key, SECOND, DAY_MS))?.fingerprint, key);
  },
};

/** What a client does that sends a call again because its answer was lost, or sends it late. */
const REPEATED_CALLS: Checks<IdempotencyStore> = {
  "a run that asks again for its own key has it still": async (store) => {
    same(await store.begin("key", FIRST, DAY_MS), undefined);
    same(await store.begin("key", FIRST, DAY_MS), undefined);
    same(await store.begin("key", SECOND, DAY_MS), FIRST);
  },
  "a late forgetting does not free the key of another run": async (store) => {
    await store.begin("key", FIRST, DAY_MS);
    await store.forget("key", FIRST.runId);
    await store.begin("key", SECOND, DAY_MS);
    await store.forget("key", FIRST.runId);
    same(await store.begin("key", FIRST, DAY_MS), SECOND);
  },
  "a late answer does not replace what another run has stored": async (store) => {
    await store.begin("key", SECOND, DAY_MS);
    await store.update("key", DONE, DAY_MS);
    same(await store.begin("key", FIRST, DAY_MS), SECOND);
  },
  "a late sign of life does not take the answer away": async (store) => {
    await store.begin("key", FIRST, DAY_MS);
    await store.update("key", DONE, DAY_MS);
    await store.update("key", FIRST, DAY_MS);
    same(await store.begin("key", SECOND, DAY_MS), DONE);
  },
  "a run stores its record again where it is gone": async (store) => {
    await store.update("key", FIRST, DAY_MS);
    same(await store.begin("key", SECOND, DAY_MS), FIRST);
  },
};

const inTime = (advance: (ms: number) => Promise<void> | void): Checks<IdempotencyStore> => ({
  "a record lasts its time and no longer": async (store) => {
    await store.begin("key", FIRST, 60_000);
    await advance(30_000);
    same(await store.begin("key", SECOND, 60_000), FIRST);
    await advance(45_000);
    same(await store.begin("key", SECOND, 60_000), undefined);
  },
  "a sign of life makes a record last longer": async (store) => {
    await store.begin("key", FIRST, 60_000);
    await advance(45_000);
    await store.update("key", FIRST, 60_000);
    await advance(45_000);
    same(await store.begin("key", SECOND, 60_000), FIRST);
  },
});

/** The rules of {@link IdempotencyStore}: with vitest `test.each(cases)("$name", ({ run }) => run())`. */
export function idempotencyStoreContract(options: IdempotencyStoreContractOptions): readonly ContractCase[] {
  const { createStore, advance } = options;
  const checks = advance === undefined ? [EVERY_STORE, REPEATED_CALLS] : [EVERY_STORE, REPEATED_CALLS, inTime(advance)];
  return casesOf(joinChecks(checks), createStore);
}

function same(got: unknown, wanted: unknown): void {
  expectSame(got ?? undefined, wanted, "the store's answer");
}
