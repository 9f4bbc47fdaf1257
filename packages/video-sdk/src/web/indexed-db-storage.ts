// IndexedDB as the engine's storage: one database with one store of texts by key. Knows no record.
import type { CompareAndSetStorage } from "../platform/lease.ts";
import { systemClock } from "../platform/system.ts";

/** Where the texts are stored. */
export interface IndexedDbStorageOptions {
  /** Default: `video-engine`. */
  readonly databaseName?: string;
}

const STORE = "items";
/** Browsers can leave an open unanswered, Safari after a start and Chromium while it clears data; the next one is answered. Two fit into the journal's limit for a call. */
const OPEN_LIMIT_MS = 4_000;

interface Task<T> {
  readonly mode: IDBTransactionMode;
  readonly ask: (store: IDBObjectStore) => IDBRequest<T>;
}

/**
 * A storage for workers, which have no localStorage, and for apps that must survive a power cut: a write has reached the disk when its
 * promise resolves. Opens its database with the first call. Rejects where IndexedDB is missing, not allowed, or full.
 */
export function createIndexedDbStorage({
  databaseName = "video-engine",
}: IndexedDbStorageOptions = {}): CompareAndSetStorage {
  let database: Promise<IDBDatabase> | undefined;

  const run = async <T>(task: Task<T>): Promise<T> => {
    const connection = (database ??= openDatabase(databaseName));
    try {
      return await transact(await connection, task);
    } catch {
      // A connection can be lost silently: its database deleted by another tab, cleared, or lost with the browser's process. Every call here
      // may be repeated, so it is, over a new connection.
      const close = (lost: IDBDatabase): void => lost.close();
      connection.then(close, () => undefined);
      if (database === connection) database = undefined;
      return await transact(await (database ??= openDatabase(databaseName)), task);
    }
  };

  return {
    async getItem(key) {
      const value: unknown = await run({ mode: "readonly", ask: (store) => store.get(key) });
      return typeof value === "string" ? value : null;
    },
    setItem: (key, value) => run({ mode: "readwrite", ask: (store) => store.put(value, key) }),
    removeItem: (key) => run({ mode: "readwrite", ask: (store) => store.delete(key) }),
    /** One transaction. Repeated over a new connection it may say no to what it has set itself: the caller reads again then. */
    async compareAndSet(key, expected, next) {
      let isSet = false;
      const ask = (store: IDBObjectStore): IDBRequest<unknown> => {
        const request: IDBRequest<unknown> = store.get(key);
        request.onsuccess = () => {
          isSet = (request.result ?? null) === expected;
          if (isSet) store.put(next, key);
        };
        return request;
      };
      await run({ mode: "readwrite", ask });
      return isSet;
    },
    async keys() {
      const keys = await run({ mode: "readonly", ask: (store) => store.getAllKeys() });
      return keys.filter((key) => typeof key === "string");
    },
  };
}

/** One request in a transaction of its own. Resolves once that is complete. */
function transact<T>(database: IDBDatabase, { mode, ask }: Task<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, mode, { durability: "strict" });
    const request = ask(transaction.objectStore(STORE));
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(failureOf(transaction.error));
  });
}

function openDatabase(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const factory: IDBFactory | undefined = globalThis.indexedDB; // typed as always there
    if (factory === undefined) throw new Error("This runtime has no IndexedDB. Give the engine another storage here.");
    const request = factory.open(name, 1);
    request.onupgradeneeded = () => void request.result.createObjectStore(STORE);
    const limit = systemClock.setTimeout(() => {
      request.onsuccess = () => request.result.close();
      reject(new Error(`IndexedDB has not opened the database "${name}" within ${OPEN_LIMIT_MS / 1_000} s.`));
    }, OPEN_LIMIT_MS);
    request.onerror = () => {
      systemClock.clearTimeout(limit);
      reject(failureOf(request.error));
    };
    request.onsuccess = () => {
      systemClock.clearTimeout(limit);
      const database = request.result;
      // A tab that deletes the database, or opens a newer version, waits for this.
      database.onversionchange = () => database.close();
      resolve(database);
    };
  });
}

function failureOf(error: DOMException | null): Error {
  return error ?? new Error("IndexedDB gave up a transaction without a reason.");
}
