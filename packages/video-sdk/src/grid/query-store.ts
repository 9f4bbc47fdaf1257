// The last answer of a query and the last failure of several queries, as stores. A query is followed while its store has subscribers.
import type { VideoErrorData } from "../errors.ts";
import { createObservable, whileSubscribed, type Observable, type Subscribe } from "../observable.ts";
import type { CallResult, LiveQuery } from "../ports.ts";

/** The last answer of a query. */
export interface QueryStore<T> {
  /** Undefined before the first answer. The same reference until the next answer. */
  getSnapshot(): T | undefined;
  /** Called without arguments after each answer. The first subscriber starts the query. Returns an unsubscribe function. */
  readonly subscribe: Subscribe;
  /** Reads now. Resolves when the answer is in, or a later one has made it void. Never rejects. */
  refresh(): Promise<void>;
}

/** A store over a query. `onError` is called with each failure, and with `undefined` after the next answer or the last subscriber's leaving. */
export function createQueryStore<T>(
  query: LiveQuery<T>,
  onError: (error: VideoErrorData | undefined) => void,
): QueryStore<T> {
  const value = createObservable<T | undefined>(undefined);
  let newest = 0;

  const take = (answer: CallResult<T>): void => {
    newest++;
    onError(answer.ok ? undefined : answer.error);
    if (answer.ok) value.set(answer.value);
  };

  const refresh = async (): Promise<void> => {
    const mine = ++newest;
    const answer = await query.read();
    if (mine === newest) take(answer);
  };

  const start = (): (() => void) => {
    const stop = query.follow?.(take);
    if (stop === undefined) void refresh();
    return () => {
      stop?.();
      onError(undefined);
    };
  };

  return { getSnapshot: value.get, subscribe: whileSubscribed(value.subscribe, start), refresh };
}

/** A failure, and the query that failed. */
export interface Failure {
  readonly of: string;
  readonly error: VideoErrorData;
}

/** The last failure that still stands, out of several queries that can fail independently. */
export interface LastFailure extends Observable<Failure | undefined> {
  /** Returns the function that reports one query's failures; `undefined` withdraws its failure. */
  of(query: string): (error: VideoErrorData | undefined) => void;
}

/** Without a failure yet. */
export function createLastFailure(): LastFailure {
  const { get, set, subscribe } = createObservable<Failure | undefined>(undefined);
  return {
    get,
    subscribe,
    of: (query) => (error) => {
      if (error !== undefined) set({ of: query, error });
      else if (get()?.of === query) set(undefined);
    },
  };
}
