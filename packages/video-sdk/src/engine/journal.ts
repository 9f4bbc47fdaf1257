// The stored records of one user's generations: written ahead, read again after a restart. One record per generation and a list of ids.
// Decides nothing about money; an unreadable record names credits, so it is set aside and reported, never dropped.
import { decodeRecord, encodeRecord, type Unreadable } from "../core/journal-record.ts";
import { isUnfinished } from "../core/resume.ts";
import type { GenerationState } from "../core/state.ts";
import type { KeyValueStorage } from "../ports.ts";
import { createJournalIndex } from "./journal-index.ts";

/** Stored generations of one user. */
export interface Journal {
  /** Stores a state, or removes the record when nothing is left to be done for it. False: the storage would not. Never throws. */
  record(state: GenerationState): Promise<boolean>;
  /** Ids that have a record; undefined when the storage would not say. Never throws. */
  ids(): Promise<readonly string[] | undefined>;
  /** One record; undefined when there is none, or when it had to be set aside. Never throws. */
  read(id: string): Promise<GenerationState | undefined>;
}

/** What a journal is made from. */
export interface JournalOptions {
  readonly storage: KeyValueStorage;
  /** Whose generations: records of another user are neither read nor settled. */
  readonly user: string;
  /** Hears of a record that could not be read. It is kept under `setAsideKey`. */
  onSetAside(report: { readonly id: string; readonly reason: Unreadable; readonly setAsideKey: string }): void;
}

const PREFIX = "video-engine:1";

/** The journal of one user in a storage. */
export function createJournal({ storage, user, onSetAside }: JournalOptions): Journal {
  const base = `${PREFIX}:${encodeURIComponent(user)}`;
  const keyOf = (id: string): string => `${base}:record:${id}`;
  const index = createJournalIndex({ storage, indexKey: `${base}:ids`, recordPrefix: keyOf("") });
  let last: Promise<unknown> = Promise.resolve();

  // One after the other, so that the list of ids is not written by two at once.
  const inTurn = <T>(run: () => Promise<T>): Promise<T> => {
    const next = last.then(run);
    last = next.catch(() => undefined);
    return next;
  };

  // A record that stays would be gone on with, whatever the user has been told since: the last word takes its place then.
  const removed = async (id: string): Promise<boolean> => {
    try {
      await storage.removeItem(keyOf(id));
      return true;
    } catch {
      return false;
    }
  };

  const write = async (state: GenerationState): Promise<boolean> => {
    const { id } = state.plan;
    try {
      if (!isUnfinished(state)) {
        if (!(await removed(id))) await storage.setItem(keyOf(id), encodeRecord(state));
        else await index.unlist(id);
        return true;
      }
      // The list first: a listed id without a record is harmless, a record that nobody lists is lost.
      await index.list(id);
      await storage.setItem(keyOf(id), encodeRecord(state));
      return true;
    } catch {
      return false;
    }
  };

  const setAside = async (id: string, stored: string, reason: Unreadable): Promise<void> => {
    const setAsideKey = `${base}:set-aside:${id}`;
    await storage.setItem(setAsideKey, stored);
    await storage.removeItem(keyOf(id));
    await index.unlist(id);
    onSetAside({ id, reason, setAsideKey });
  };

  return {
    record: (state) => inTurn(() => write(state)),
    async ids() {
      try {
        return await index.ids();
      } catch {
        return undefined;
      }
    },
    async read(id) {
      try {
        const stored = await storage.getItem(keyOf(id));
        if (typeof stored !== "string") return undefined;
        const decoded = decodeRecord(stored);
        if (decoded.kind === "state" && decoded.state.plan.id === id) return decoded.state;
        await inTurn(() => setAside(id, stored, decoded.kind === "state" ? "shape" : decoded.reason));
        return undefined;
      } catch {
        return undefined;
      }
    },
  };
}
