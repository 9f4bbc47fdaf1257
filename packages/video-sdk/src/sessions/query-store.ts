// The last answer of one query, for those who watch it: followed from the first of them to the last, and the latest answer wins.
import { createObservable } from "../observable.ts";
import type { VideoErrorData } from "../errors.ts";
import type { CallResult } from "../ports.ts";
import type { LiveQuery } from "./session-reader.ts";
import { whileSubscribed, type Subscribe } from "./while-subscribed.ts";

/** The last answer of a query. */
export interface QueryStore<T> {
  /** Undefined before the first answer. The same reference until another came. */
  getSnapshot(): T | undefined;
  /** Called without arguments after each answer. The first subscriber starts the query. Gives back the way to stop. */
  readonly subscribe: Subscribe;
  /** Asks now. Resolves when the answer is in, or a later one has made it void. Never rejects. */
  refresh(): Promise<void>;
}

/** A store over a query. `onError` hears what went wrong, and `undefined` once it works again or nobody watches any more. */
export function createQueryStore<T>(
  query: LiveQuery<T>,
  onError: (error: VideoErrorData | undefined) => void,
): QueryStore<T> {
  const value = createObservable<T | undefined>(undefined);
  let newest = 0;

  const hear = (answer: CallResult<T>): void => {
    newest++;
    onError(answer.ok ? undefined : answer.error);
    if (answer.ok) value.set(answer.value);
  };

  const refresh = async (): Promise<void> => {
    const mine = ++newest;
    const answer = await query.read();
    if (mine === newest) hear(answer);
  };

  const start = (): (() => void) => {
    const stop = query.follow?.(hear);
    if (stop === undefined) void refresh();
    return () => {
      stop?.();
      onError(undefined);
    };
  };

  return { getSnapshot: value.get, subscribe: whileSubscribed(value.subscribe, start), refresh };
}
