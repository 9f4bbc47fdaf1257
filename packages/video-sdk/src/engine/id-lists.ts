// The ids of the records in a storage that cannot list its keys, in lists of a few dozen stored beside them: a change rewrites one of them, however
// many records there are. Several tabs may write a list at the same moment, and none of them can lock it.
import type { KeyValueStorage } from "../platform-ports.ts";
import type { StorageTurns } from "./storage-turns.ts";

/** The ids that have a record. Throws what the storage throws. */
export interface JournalIndex {
  ids(): Promise<readonly string[]>;
  /** Returns once the id is listed; throws when the storage does not hold it. */
  list(id: string): Promise<void>;
  unlist(id: string): Promise<void>;
  /** Removes stored lists when all of them are empty. */
  drop(): Promise<void>;
}

/** About one kilobyte. */
const IDS_PER_LIST = 32;
/** How often a list is written until it reads back correctly: another tab may write over it. */
const ROUNDS = 4;

interface Changes {
  readonly listed: ReadonlySet<string>;
  readonly unlisted: ReadonlySet<string>;
}

/** The lists under a key: the first one is there, and the others follow under the same key with a number. */
export function createIdLists(turns: Pick<StorageTurns, "storage" | "inTurn">, firstKey: string): JournalIndex {
  const keyOf = (list: number): string => (list === 0 ? firstKey : `${firstKey}:${list}`);
  /** The list that an id is in, as far as it was seen. An id never moves. */
  const listOf = new Map<string, number>();
  /** Ids that were found listed by a later look. Any tab that read the list before they were put on it has written it by then. */
  const trusted = new Set<string>();
  /** The first list that may have room. */
  let room = 0;

  /** Writes the part of the changes that belongs to a list, and of the new ids those that it has room for. */
  const applyTo = async (storage: KeyValueStorage, list: number, { listed, unlisted }: Changes): Promise<void> => {
    const known = (await readIds(storage, keyOf(list))) ?? [];
    const gone = new Set([...unlisted].filter((id) => listOf.get(id) === list));
    const here = [...listed].filter((id) => listOf.get(id) === list || known.includes(id));
    const fresh = [...listed].filter((id) => !listOf.has(id) && !known.includes(id));
    const wanted = [...here, ...fresh.slice(0, Math.max(0, IDS_PER_LIST - known.length))];
    await write(storage, keyOf(list), { known, wanted, gone });
    for (const id of wanted) {
      listOf.set(id, list);
      if (known.includes(id)) trusted.add(id);
    }
  };

  const apply = async (storage: KeyValueStorage, changes: Changes): Promise<void> => {
    const all = [...changes.listed, ...changes.unlisted];
    for (const list of new Set(all.flatMap((id) => listOf.get(id) ?? []))) await applyTo(storage, list, changes);
    const isPlaced = (): boolean => [...changes.listed].every((id) => listOf.has(id));
    // A list is only looked for behind another one, and another tab may have removed that.
    while (room > 0 && !isPlaced() && (await readIds(storage, keyOf(room - 1))) === undefined) room--;
    for (; !isPlaced(); room++) {
      await applyTo(storage, room, changes);
      if (isPlaced()) break;
    }
    for (const id of changes.unlisted) {
      room = Math.min(room, listOf.get(id) ?? room);
      listOf.delete(id);
    }
  };

  const batch = createBatch((changes) => turns.inTurn(firstKey, (storage) => apply(storage, changes())));

  return {
    async ids() {
      const all = new Set<string>();
      for (let list = 0; ; list++) {
        const ids = await readIds(turns.storage, keyOf(list));
        if (ids === undefined) return [...all];
        for (const id of ids) {
          all.add(id);
          if (!listOf.has(id)) listOf.set(id, list);
        }
      }
    },
    list: async (id) => (trusted.has(id) ? undefined : batch((changes) => changes.listed.add(id))),
    unlist(id) {
      trusted.delete(id);
      // One that no list was read for can only be where the first ones are.
      if (!listOf.has(id)) listOf.set(id, 0);
      return batch((changes) => changes.unlisted.add(id));
    },
    drop: () =>
      turns.inTurn(firstKey, async (storage) => {
        let lists = 0;
        for (; ; lists++) {
          const ids = await readIds(storage, keyOf(lists));
          if (ids === undefined) break;
          if (ids.length > 0) return;
        }
        // The last one first, because a list is only looked for behind another one.
        while (lists-- > 0) await storage.removeItem(keyOf(lists));
        room = 0;
      }),
  };
}

/** Undefined: there is no such list, and so none behind it. */
async function readIds(storage: Pick<KeyValueStorage, "getItem">, key: string): Promise<string[] | undefined> {
  const stored = await storage.getItem(key);
  return typeof stored === "string" ? stored.split(",").filter((id) => id !== "") : undefined;
}

/** Writes until all that is wanted reads back. A removal is not looked at again: a listed id without a record is harmless. */
async function write(
  storage: KeyValueStorage,
  key: string,
  { known: first, wanted, gone }: { known: readonly string[]; wanted: readonly string[]; gone: ReadonlySet<string> },
): Promise<void> {
  let known = first;
  for (let round = 0; ; round++) {
    const kept = known.filter((id) => !gone.has(id));
    const missing = wanted.filter((id) => !kept.includes(id));
    if (missing.length === 0 && kept.length === known.length) return;
    if (round === ROUNDS) throw new Error(`The storage does not keep ${key}.`);
    await storage.setItem(key, [...kept, ...missing].join(","));
    if (missing.length === 0) return;
    known = (await readIds(storage, key)) ?? [];
  }
}

interface Batch {
  readonly listed: Set<string>;
  readonly unlisted: Set<string>;
}

/** While one change waits for its turn, others join it: a thousand starts at once write each list once, and not a thousand times. */
function createBatch(run: (changes: () => Changes) => Promise<void>): (add: (changes: Batch) => void) => Promise<void> {
  let waiting: { readonly changes: Batch; readonly done: Promise<void> } | undefined;
  return (add) => {
    if (waiting === undefined) {
      const changes: Batch = { listed: new Set(), unlisted: new Set() };
      const close = (): Changes => {
        if (waiting?.changes === changes) waiting = undefined;
        return changes;
      };
      const done = run(close);
      waiting = { changes, done };
      // One that never gets its turn takes no more changes.
      done.catch(close);
    }
    add(waiting.changes);
    return waiting.done;
  };
}
