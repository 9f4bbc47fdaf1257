// One write of a storage at a time, among all engines that were given the same storage object: one that was disposed of may still be writing
// while its successor begins. Tabs, and a storage that is wrapped anew, are not seen here.
import type { KeyValueStorage } from "../ports.ts";
import { TOO_LATE, within, type Deadline } from "../within.ts";

/** The turns of one storage. */
export interface StorageTurns {
  /** Runs it after all that began before. Rejects when it fails or is not done in time; one whose caller has given up is not begun. */
  inTurn<T>(run: () => Promise<T>): Promise<T>;
  /** Resolves once no write is on its way any more, even one that was given up. */
  settled(): Promise<unknown>;
}

const lastOf = new WeakMap<KeyValueStorage, Promise<unknown>>();

/** The turns of this storage, with a deadline for each. */
export function createTurns(storage: KeyValueStorage, deadline: Deadline): StorageTurns {
  const settled = (): Promise<unknown> => lastOf.get(storage) ?? Promise.resolve();
  return {
    settled,
    async inTurn(run) {
      let isGivenUp = false;
      const next = settled().then(() => (isGivenUp ? Promise.reject(TOO_LATE) : run()));
      lastOf.set(
        storage,
        next.catch(() => undefined),
      );
      try {
        return await within(next, deadline);
      } finally {
        isGivenUp = true;
      }
    },
  };
}
