// Answers to submits, kept in this process: right for one instance of a server, and gone with it.
import type { Clock } from "../../ports.ts";
import type { IdempotencyRecord, IdempotencyStore } from "./idempotency-store.ts";

interface Entry {
  readonly record: IdempotencyRecord;
  /** Epoch milliseconds. */
  readonly expiresAt: number;
}

/** A store in memory. Entries of less than 2 kB each are dropped once expired, whenever the next one comes. */
export function createMemoryIdempotencyStore({ now }: Pick<Clock, "now">): IdempotencyStore {
  const entries = new Map<string, Entry>();

  // A new entry goes to the end, so the oldest come first, and with one lifetime for all those expire first.
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
