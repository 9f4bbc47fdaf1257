// Which generations of one user have a record: from the storage's own keys where it can list them, otherwise from a list stored beside the
// records. Reads no record. Several tabs may write the stored list at the same moment, and none of them can lock it.
import type { KeyValueStorage } from "../ports.ts";

/** The ids that have a record. Throws what the storage throws. */
export interface JournalIndex {
  ids(): Promise<readonly string[]>;
  /** Returns once the id is listed; throws when the storage does not hold it. */
  list(id: string): Promise<void>;
  unlist(id: string): Promise<void>;
  /** Removes a stored list that is empty. */
  drop(): Promise<void>;
}

/** Where the list is. */
export interface JournalIndexOptions {
  readonly storage: KeyValueStorage;
  /** The key of the stored list. */
  readonly indexKey: string;
  /** The prefix of a record's key, before the id. */
  readonly recordPrefix: string;
}

/** How often the stored list is written until it reads back correctly: another tab may write over it. */
const ROUNDS = 4;

/** The index of one user's records. */
export function createJournalIndex(options: JournalIndexOptions): JournalIndex {
  // Checked to be a function: an item named "keys" is a property of localStorage.
  return typeof options.storage.keys === "function" ? ownKeys(options) : keptList(options);
}

function ownKeys({ storage, recordPrefix }: JournalIndexOptions): JournalIndex {
  return {
    async ids() {
      const keys = [...((await storage.keys?.()) ?? [])];
      return keys.filter((key) => key.startsWith(recordPrefix)).map((key) => key.slice(recordPrefix.length));
    },
    list: () => Promise.resolve(),
    unlist: () => Promise.resolve(),
    drop: () => Promise.resolve(),
  };
}

function keptList({ storage, indexKey }: JournalIndexOptions): JournalIndex {
  const listed = new Set<string>();

  const ids = async (): Promise<readonly string[]> => {
    const stored = await storage.getItem(indexKey);
    return typeof stored === "string" ? stored.split(",").filter((id) => id !== "") : [];
  };

  return {
    ids,
    async list(id) {
      if (listed.has(id)) return;
      for (let round = 0; round <= ROUNDS; round++) {
        const known = await ids();
        if (known.includes(id)) {
          // Trusted for good only when it was there before: any tab that read the list earlier has written it by now.
          if (round === 0) listed.add(id);
          return;
        }
        if (round < ROUNDS) await storage.setItem(indexKey, [...known, id].join(","));
      }
      throw new Error(`The storage does not keep ${indexKey}.`);
    },
    async unlist(id) {
      listed.delete(id);
      const known = await ids();
      if (known.includes(id)) await storage.setItem(indexKey, known.filter((other) => other !== id).join(","));
    },
    async drop() {
      if ((await ids()).length === 0) await storage.removeItem(indexKey);
    },
  };
}
