// A value and those who want to know when it changes. Nothing else.

/** A value that can be read and watched: the `useSyncExternalStore` contract. */
export interface Observable<T> {
  /** The same reference until something changed. */
  get(): T;
  /** Called without arguments after each change. Gives back the way to stop. */
  subscribe(listener: () => void): () => void;
}

/** An observable that its owner can change. */
export interface Settable<T> extends Observable<T> {
  set(value: T): void;
}

/** A new observable. A listener that throws does not keep the others from hearing. */
export function createObservable<T>(first: T): Settable<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    subscribe(listener) {
      const own = (): void => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of [...listeners]) notify(listener);
    },
  };
}

function notify(listener: () => void): void {
  try {
    listener();
  } catch {
    // A listener belongs to the app: its failure must not reach a generation that holds credits.
  }
}
