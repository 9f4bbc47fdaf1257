// Keeps answers to submits in this process: for one instance of a server, until it ends.
import type { Clock } from "../../ports.ts";
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

  return {
    begin: (key, record, ttlMs) => {
      dropExpired();
      const known = entries.get(key);
      if (known !== undefined && known.expiresAt > now()) return Promise.resolve(known.record);
      put(key, record, ttlMs);
      return Promise.resolve(undefined);
    },
    complete: (key, record, ttlMs) => Promise.resolve(put(key, record, ttlMs)),
    forget: (key) => Promise.resolve(void entries.delete(key)),
  };
}
