// The stored records of one user's generations: written ahead, read after a restart. One record per generation, and a list of ids.
// Decides nothing about money. An unreadable record may name held credits, so it is set aside and reported, never dropped.
import { decodeRecord, encodeRecord, type Unreadable } from "../core/journal-record.ts";
import { isUnfinished } from "../core/resume.ts";
import type { GenerationState } from "../core/state.ts";
import type { Clock, KeyValueStorage } from "../platform-ports.ts";
import { createTurns } from "./storage-turns.ts";
import type { JournalIndex } from "./id-lists.ts";
import { createJournalIndex } from "./journal-index.ts";

/** The stored generations of one user. */
export interface Journal {
  /** Stores a state, or removes the record when no work is left. False: the storage failed. Never throws. */
  record(state: GenerationState): Promise<boolean>;
  /** Ids that have a record; undefined when the storage failed. Never throws. */
  ids(): Promise<readonly string[] | undefined>;
  /** Resolves once no write of this record is on its way any more, even one that was given up. Only then may another driver read it. */
  settled(id: string): Promise<unknown>;
  /** One record. Never throws. */
  read(id: string): Promise<StoredRecord>;
  /** Removes a record, whatever is in it. False: the storage failed. Never throws. */
  erase(id: string): Promise<boolean>;
  /** Ids of records that were set aside; undefined when the storage failed. Never throws. */
  setAsideIds(): Promise<readonly string[] | undefined>;
  /** Removes one of those. False: the storage failed. Never throws. */
  eraseSetAside(id: string): Promise<boolean>;
  /** Removes stored lists without an id. False: the storage failed. Never throws. */
  eraseEmptyLists(): Promise<boolean>;
}

/**
 * What the storage has for a generation. `none`: no readable record. `failed`: the storage did not say. `newer`: a record of a later version
 * of this package, which is left alone.
 */
export type StoredRecord =
  | { readonly kind: "none" | "failed" }
  | { readonly kind: "newer" }
  | { readonly kind: "state"; readonly state: GenerationState };

/** A record that this version cannot read. It may name held credits, so it is never dropped. */
export interface UnreadableRecord {
  readonly id: string;
  /** `newer-version`: a later version of this package wrote it, such as in a tab that was updated first. */
  readonly reason: Unreadable | "newer-version";
  /** The key it was moved to. Undefined for a newer one, which stays in place. */
  readonly setAsideKey: string | undefined;
}

/** Options of a journal. */
export interface JournalOptions {
  readonly storage: KeyValueStorage;
  /** The owner of the generations: records of another user are neither read nor settled. */
  readonly user: string;
  /** Called once for each record that cannot be read. */
  onUnreadable(record: UnreadableRecord): void;
  /** Called with the method and the cause of each failure of the storage. Default: nothing. */
  readonly onFailed?: ((method: keyof KeyValueStorage, cause: unknown) => void) | undefined;
}

const NONE: StoredRecord = { kind: "none" };
const PREFIX = "video-engine:1";

/** How long a call of the storage may take. Slow phones need a second or two; one that has taken this long may never end. */
const STORAGE_DEADLINE_MS = 10_000;

/**
 * The journal of one user in a storage. A call that has not ended after ten seconds counts as failed. While it may still land, nothing else is
 * written to the same place: otherwise an old state could replace a newer one.
 */
export function createJournal(
  { storage: given, user, onUnreadable, onFailed = () => undefined }: JournalOptions,
  clock: Pick<Clock, "setTimeout" | "clearTimeout">,
): Journal {
  const turns = createTurns(given, { clock, deadlineMs: STORAGE_DEADLINE_MS, onFailed });
  const base = `${PREFIX}:${encodeURIComponent(user)}`;
  const keyOf = (id: string): string => `${base}:record:${id}`;
  const setAsideKeyOf = (id: string): string => `${base}:set-aside:${id}`;
  const index = createJournalIndex({ turns, indexKey: `${base}:ids`, recordPrefix: keyOf("") });
  const asideIndex = createJournalIndex({
    turns,
    indexKey: `${base}:set-aside-ids`,
    recordPrefix: setAsideKeyOf(""),
  });
  /** Runs it when nothing else is written for this generation. False: it has failed. */
  const isDone = (id: string, run: (storage: KeyValueStorage) => Promise<unknown>): Promise<boolean> =>
    succeeds(() => turns.inTurn(keyOf(id), run));

  const write = async (storage: KeyValueStorage, state: GenerationState): Promise<unknown> => {
    const { id } = state.plan;
    if (isUnfinished(state)) {
      // The list first: a listed id without a record is harmless, an unlisted record is lost.
      await index.list(id);
      return storage.setItem(keyOf(id), encodeRecord(state));
    }
    if (await succeeds(async () => await storage.removeItem(keyOf(id)))) return index.unlist(id);
    // A record that stays would be resumed, whatever was announced since: the final state then replaces it.
    return storage.setItem(keyOf(id), encodeRecord(state));
  };

  const setAside = async (storage: KeyValueStorage, id: string, { stored, reason }: Broken): Promise<void> => {
    await readAgain(storage, keyOf(id), stored);
    const setAsideKey = setAsideKeyOf(id);
    await asideIndex.list(id);
    await readAgain(storage, keyOf(id), stored);
    await storage.setItem(setAsideKey, stored);
    await storage.removeItem(keyOf(id));
    await index.unlist(id);
    report({ id, reason, setAsideKey });
  };

  const report = (record: UnreadableRecord): void => {
    try {
      onUnreadable(record);
    } catch {
      // The callback belongs to the app, and the record is already handled.
    }
  };

  /** Neither a text nor nothing: there may be a record. */
  const unusable = (stored: unknown): StoredRecord => {
    onFailed("getItem", new TypeError(`It answered with a value of type ${typeof stored}.`));
    return { kind: "failed" };
  };

  const newer = new Set<string>();
  const leaveAlone = (id: string): StoredRecord => {
    if (!newer.has(id)) report({ id, reason: "newer-version", setAsideKey: undefined });
    newer.add(id);
    return { kind: "newer" };
  };

  const erase = (id: string, key: string, { unlist }: JournalIndex): Promise<boolean> =>
    isDone(id, async (storage) => [await storage.removeItem(key), await unlist(id)]);

  return {
    settled: (id) => turns.settled(keyOf(id)),
    record: (state) => isDone(state.plan.id, (storage) => write(storage, state)),
    ids: () => idsIn(index),
    erase: (id) => erase(id, keyOf(id), index),
    setAsideIds: () => idsIn(asideIndex),
    eraseSetAside: (id) => erase(id, setAsideKeyOf(id), asideIndex),
    eraseEmptyLists: () => succeeds(async () => [await index.drop(), await asideIndex.drop()]),
    async read(id) {
      try {
        const stored = await turns.storage.getItem(keyOf(id));
        if (stored === null || stored === undefined) return NONE;
        if (typeof stored !== "string") return unusable(stored);
        const decoded = decodeRecord(stored);
        if (decoded.kind === "newer") return leaveAlone(id);
        if (decoded.kind === "state" && decoded.state.plan.id === id) return decoded;
        const reason = decoded.kind === "state" ? "shape" : decoded.reason;
        await turns.inTurn(keyOf(id), (storage) => setAside(storage, id, { stored, reason }));
        return NONE;
      } catch {
        return { kind: "failed" };
      }
    },
  };
}

/** Undefined: the storage failed. */
async function idsIn(index: JournalIndex): Promise<readonly string[] | undefined> {
  try {
    return await index.ids();
  } catch {
    return undefined;
  }
}

/** A text that is no record, and why. */
interface Broken {
  readonly stored: string;
  readonly reason: Unreadable;
}

async function succeeds(run: () => Promise<unknown>): Promise<boolean> {
  try {
    await run();
    return true;
  } catch {
    return false;
  }
}

/** Throws where a storage gave the wrong text for a moment, even to this tab and another in turn: the right one must not be lost. */
async function readAgain(storage: KeyValueStorage, key: string, text: string): Promise<void> {
  if ((await storage.getItem(key)) !== text) throw new TypeError(`Two reads of ${key} differ.`);
}
