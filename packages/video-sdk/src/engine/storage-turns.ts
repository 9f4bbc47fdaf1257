// One write at a time for each thing that is stored, among all engines that were given the same storage object: one that was disposed of may
// still be writing while its successor begins. Each call has a deadline. Tabs, and a storage that is wrapped anew, are not seen here.
import type { KeyValueStorage } from "../platform-ports.ts";
import { TOO_LATE, within, type Deadline } from "../within.ts";
import { keysOf } from "./keys-of.ts";

/** A storage whose writes are ordered. */
export interface StorageTurns {
  /** The same storage for reads, each of which rejects when it is not answered in time. */
  readonly storage: Pick<KeyValueStorage, "getItem" | "keys">;
  /**
   * Runs it after all that began before under the same name. Rejects when it fails, or cannot begin in time; then it is not begun. What it has
   * called and given up may still land, so nothing else begins under that name before that has ended.
   */
  inTurn<T>(name: string, run: (storage: KeyValueStorage) => Promise<T>): Promise<T>;
  /** Resolves once no write under this name is on its way any more, even one that was given up. */
  settled(name: string): Promise<unknown>;
}

/** What is under way, by the name of its turn. */
const lastOf = new WeakMap<KeyValueStorage, Map<string, Promise<unknown>>>();

/** How a storage is used. */
export interface StorageTurnsOptions extends Deadline {
  /** Called with the method and the cause of each failure, a missed deadline among them. */
  onFailed(method: keyof KeyValueStorage, cause: unknown): void;
}

/** The turns of this storage, with a deadline for each call. */
export function createTurns(storage: KeyValueStorage, { onFailed, ...deadline }: StorageTurnsOptions): StorageTurns {
  const last = lastOf.get(storage) ?? new Map<string, Promise<unknown>>();
  lastOf.set(storage, last);
  const timed = async <T>(method: keyof KeyValueStorage, answer: Promise<T>): Promise<T> => {
    try {
      return await within(answer, deadline);
    } catch (cause) {
      onFailed(method, cause);
      throw cause;
    }
  };
  const keys = keysOf(storage);
  const reads = {
    getItem: (key: string) => timed("getItem", (async () => await storage.getItem(key))()),
    keys: keys && (() => timed("keys", (async () => textsIn(await keys()))())),
  };
  /** `out` gets each write that is on its way. A read that never ends keeps no write waiting. */
  const writing = (out: Set<Promise<unknown>>): KeyValueStorage => {
    const write = (method: "setItem" | "removeItem", call: () => unknown): Promise<unknown> => {
      const answer = (async () => await call())();
      const gone = (): boolean => out.delete(ended);
      const ended: Promise<unknown> = answer.then(gone, gone);
      out.add(ended);
      return timed(method, answer);
    };
    return {
      ...reads,
      setItem: (key, text) => write("setItem", () => storage.setItem(key, text)),
      removeItem: (key) => write("removeItem", () => storage.removeItem(key)),
    };
  };
  const settled = (name: string): Promise<unknown> => last.get(name) ?? Promise.resolve();
  return {
    settled,
    storage: reads,
    async inTurn(name, run) {
      let isGivenUp = false;
      const began = settled(name).then(() => (isGivenUp ? Promise.reject(TOO_LATE) : undefined));
      const out = new Set<Promise<unknown>>();
      const running = began.then(() => run(writing(out)));
      const nothing = (): undefined => undefined;
      const ended = running.then(nothing, nothing).then(() => Promise.all(out));
      last.set(name, ended);
      void ended.then(() => last.get(name) === ended && last.delete(name));
      try {
        await within(began, deadline);
      } catch (cause) {
        isGivenUp = true;
        throw cause;
      }
      return await running;
    },
  };
}

/**
 * The texts among what a storage lists. One that lists things, and no text among them, has failed: pairs of keys and values, or a text, would
 * pass for a storage without records.
 */
function textsIn(listed: Iterable<unknown>): readonly string[] {
  const all = typeof listed === "string" ? [undefined] : [...listed];
  const texts = all.filter((key) => typeof key === "string");
  if (all.length > 0 && texts.length === 0) throw new TypeError("It lists no texts.");
  return texts;
}
