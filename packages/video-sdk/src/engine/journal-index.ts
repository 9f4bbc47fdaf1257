// Which generations of one user have a record: from the storage's own keys where it can list them, otherwise from lists stored beside the
// records (id-lists.ts). Reads no record.
import type { KeyValueStorage } from "../platform-ports.ts";
import { createIdLists, type JournalIndex } from "./id-lists.ts";
import type { StorageTurns } from "./storage-turns.ts";

/** Where the list is. */
export interface JournalIndexOptions {
  readonly turns: Pick<StorageTurns, "storage" | "inTurn">;
  /** The key of the first stored list. The others follow under the same key with a number. */
  readonly indexKey: string;
  /** The prefix of a record's key, before the id. */
  readonly recordPrefix: string;
}

/** The index of one user's records. */
export function createJournalIndex({ turns, indexKey, recordPrefix }: JournalIndexOptions): JournalIndex {
  const { keys } = turns.storage;
  return keys === undefined ? createIdLists(turns, indexKey) : ownKeys(recordPrefix, keys);
}

function ownKeys(recordPrefix: string, keys: NonNullable<KeyValueStorage["keys"]>): JournalIndex {
  return {
    async ids() {
      const all = [...(await keys())];
      return all.filter((key) => key.startsWith(recordPrefix)).map((key) => key.slice(recordPrefix.length));
    },
    list: () => Promise.resolve(),
    unlist: () => Promise.resolve(),
    drop: () => Promise.resolve(),
  };
}
