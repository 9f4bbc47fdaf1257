// Keeps answers to submits in this process: for one instance of a server, until it ends.
import type { Clock } from "../../platform-ports.ts";
import type { IdempotencyRecord, IdempotencyStore } from "./idempotency-store.ts";

interface Entry {
  readonly record: IdempotencyRecord;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A store in memory. Entries are below 2 kB each; expired ones are dropped when the next one is added. */
export function createMemoryIdempotencyStore({ now }: Pick<Clock, "now">): IdempotencyStore {
  const entries = new Map<string, Entry>();

  // New entries go to the end. All have the same lifetime, so the first entries expire first.
  const put = (key: string, record: IdempotencyRecord, ttlMs: number): void => {
    entries.delete(key);
    entries.set(key, { record, expiresAt: now() + ttlMs });
  };
  const dropExpired = (): void => {
    for (const [key, { expiresAt }] of entries) {
      if (expiresAt > now()) return;
      entries.delete(key);
    }
  };
  const recordOf = (key: string): IdempotencyRecord | undefined => {
    const known = entries.get(key);
    return known !== undefined && known.expiresAt > now() ? known.record : undefined;
  };

  return {
    begin: (key, record, ttlMs) => {
      dropExpired();
      const known = recordOf(key);
      if (known === undefined) put(key, record, ttlMs);
      return Promise.resolve(known?.runId === record.runId ? undefined : known);
    },
    update: (key, record, ttlMs) => {
      const known = recordOf(key);
      const isOwn = known === undefined || known.runId === record.runId;
      if (isOwn && (known?.answer === undefined || record.answer !== undefined)) put(key, record, ttlMs);
      return Promise.resolve();
    },
    forget: (key, runId) => {
      if (recordOf(key)?.runId === runId) entries.delete(key);
      return Promise.resolve();
    },
  };
}
