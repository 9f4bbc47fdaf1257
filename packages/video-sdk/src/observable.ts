// Values that can be watched, and what stores are built from: subscriptions that start work, and values that are computed once.

/** The subscribe function that `useSyncExternalStore` takes. Returns an unsubscribe function. */
export type Subscribe = (listener: () => void) => () => void;

/** A value that can be read and watched: the `useSyncExternalStore` contract. */
export interface Observable<T> {
  /** The same reference until something changed. */
  get(): T;
  /** Called without arguments after each change. Returns an unsubscribe function. */
  readonly subscribe: Subscribe;
}

/** An observable that its owner can change. */
export interface Settable<T> extends Observable<T> {
  set(value: T): void;
}

/** A new observable. A listener that throws does not stop the other listeners. */
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

/** `subscribe`, which also calls `start` when the first listener comes, and the function that `start` returned when the last one leaves. */
export function whileSubscribed(subscribe: Subscribe, start: () => () => void): Subscribe {
  let listeners = 0;
  let stop: () => void = () => undefined;
  return (listener) => {
    const leave = subscribe(listener);
    if (listeners++ === 0) stop = start();
    let isIn = true;
    return () => {
      if (!isIn) return;
      isIn = false;
      leave();
      if (--listeners === 0) stop();
    };
  };
}

/** Subscribes to several values at once. */
export function subscribeToAll(all: readonly Subscribe[]): Subscribe {
  return (listener) => {
    const leave = all.map((subscribe) => subscribe(listener));
    return () => {
      for (const each of leave) each();
    };
  };
}

/** `make`, called again only when one of its arguments has changed. Until then its result stays the same object. */
export function fromParts<Parts extends readonly unknown[], T>(make: (...parts: Parts) => T): (...parts: Parts) => T {
  let last: { readonly parts: Parts; readonly value: T } | undefined;
  return (...parts) => {
    const { parts: before } = last ?? {};
    if (last === undefined || parts.some((part, at) => !Object.is(part, before?.[at]))) {
      last = { parts, value: make(...parts) };
    }
    return last.value;
  };
}

/** `make`, called once for each key. */
export function oncePerKey<Key, T>(make: (key: Key) => T): (key: Key) => T {
  const made = new Map<Key, T>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}

function notify(listener: () => void): void {
  try {
    listener();
  } catch {
    // A listener belongs to the app: its failure must not reach a generation that holds credits.
  }
}
