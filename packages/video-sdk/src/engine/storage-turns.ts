// One write of a storage at a time, among all engines that were given the same storage object: one that was disposed of may still be writing
// while its successor begins. Each call has a deadline. Tabs, and a storage that is wrapped anew, are not seen here.
import type { KeyValueStorage } from "../ports.ts";
import { TOO_LATE, within, type Deadline } from "../within.ts";

/** A storage whose writes are ordered. */
export interface StorageTurns {
  /** The same storage, each call of which rejects when it is not answered in time. */
  readonly storage: KeyValueStorage;
  /**
   * Runs it after all that began before. Rejects when it fails, or cannot begin in time; then it is not begun. What it has called and given up
   * may still land, so nothing else begins before that has ended.
   */
  inTurn<T>(run: () => Promise<T>): Promise<T>;
  /** Resolves once no write is on its way any more, even one that was given up. */
  settled(): Promise<unknown>;
}

const lastOf = new WeakMap<KeyValueStorage, Promise<unknown>>();

/** How a storage is used. */
export interface StorageTurnsOptions extends Deadline {
  /** Called with the method and the cause of each failure, a missed deadline among them. */
  onFailed(method: keyof KeyValueStorage, cause: unknown): void;
}

/** The turns of this storage, with a deadline for each call. */
export function createTurns(storage: KeyValueStorage, { onFailed, ...deadline }: StorageTurnsOptions): StorageTurns {
  /** Writes that are on their way. A read that never ends keeps no write waiting. */
  const out = new Set<Promise<unknown>>();
  const timed = async <T>(method: keyof KeyValueStorage, call: () => T | PromiseLike<T>): Promise<T> => {
    const answer = (async () => await call())();
    const ended: Promise<unknown> = answer.then(
      () => out.delete(ended),
      () => out.delete(ended),
    );
    if (method === "setItem" || method === "removeItem") out.add(ended);
    try {
      return await within(answer, deadline);
    } catch (cause) {
      onFailed(method, cause);
      throw cause;
    }
  };
  const settled = (): Promise<unknown> => lastOf.get(storage) ?? Promise.resolve();
  return {
    settled,
    storage: {
      getItem: (key) => timed("getItem", () => storage.getItem(key)),
      setItem: (key, text) => timed("setItem", () => storage.setItem(key, text)),
      removeItem: (key) => timed("removeItem", () => storage.removeItem(key)),
      // Checked to be a function: an item named "keys" is a property of localStorage.
      keys: typeof storage.keys === "function" ? () => timed("keys", () => storage.keys?.() ?? []) : undefined,
    },
    async inTurn(run) {
      const turn = settled();
      let isGivenUp = false;
      const began = turn.then(() => (isGivenUp ? Promise.reject(TOO_LATE) : undefined));
      const running = began.then(run);
      const ended = running.then(
        () => undefined,
        () => undefined,
      );
      lastOf.set(
        storage,
        ended.then(() => Promise.all(out)),
      );
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
