// What a runtime brings to the engine, as types only: time, chance, ids, storage, locks, and when to pause.

/** Time. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Runs once after a delay in milliseconds. Returns what `clearTimeout` takes. */
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
}

/** What differs between the places the engine runs in. */
export interface VideoPlatform {
  readonly clock: Clock;
  /** 0 <= random() < 1. Spreads requests out; never used for secrets. */
  random(): number;
  /**
   * A new unique id of 8 to 200 visible ASCII characters: it becomes the generation's id and its Idempotency-Key. An app's own that gives anything
   * else, or one of its last 1,000 ids again, is told by `callback-failed`, and a UUID takes its place. Ids must differ across devices and starts, too: what is
   * requested under a key of an earlier generation is taken for a repeat of it.
   */
  createId(): string;
}

/**
 * Storage of texts: the three methods that localStorage, AsyncStorage and expo-sqlite share, synchronous or not. Calls for different keys may be
 * under way at the same time.
 */
export interface KeyValueStorage {
  getItem(key: string): string | null | undefined | PromiseLike<string | null | undefined>;
  setItem(key: string, value: string): unknown;
  removeItem(key: string): unknown;
  /** Left out: `getAllKeys()` or `length` and `key(index)` are used where the storage has them, and otherwise lists that are stored beside the records. */
  keys?: (() => Iterable<string> | PromiseLike<Iterable<string>>) | undefined;
  /** Replaces an expected text (null: none) in one step, and says whether it did. With it, locks can be leases in this storage. */
  compareAndSet?(key: string, expected: string | null, next: string): boolean | PromiseLike<boolean>;
}

/** One driver per generation, among all engines that share a storage. */
export interface GenerationLocks {
  /** Returns a release function, or undefined when another driver has the lock. Never waits. `onLost`: it ended without being released. */
  tryLock(id: string, onLost?: () => void): Promise<(() => void) | undefined>;
  /** Calls back once when another driver's lock has ended. Returns a function that stops waiting. Left out where that cannot be known. */
  whenFree?: ((id: string, listener: () => void) => () => void) | undefined;
}

/** Why nothing is sent now: the device is offline, or the app is in the background. */
export type PauseReason = "offline" | "background";

/** When the engine has to pause. */
export interface Lifecycle {
  /** `background` holds back questions about jobs; `offline` slows repeats to a probe a minute, until one succeeds. Undefined: no reason to pause. */
  getPause(): PauseReason | undefined;
  /** Called without arguments after each change. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
}

/** Best-effort messages between tabs that share a storage: texts, whose meaning is the engine's. */
export interface TabChannel {
  /** Sends a message to the other tabs. Never throws. */
  post(message: string): void;
  /** Called with each message from another tab, never from this one. Returns an unsubscribe function. */
  subscribe(listener: (message: string) => void): () => void;
}
