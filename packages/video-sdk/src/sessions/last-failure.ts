// The last thing that did not work, out of several that can fail on their own.
import { createObservable, type Observable } from "../observable.ts";
import type { VideoErrorData } from "../errors.ts";

/** What did not work, and which question it answers. */
export interface Failure {
  readonly of: string;
  readonly error: VideoErrorData;
}

/** Hears of failures, and shows the last that still stands. */
export interface LastFailure extends Observable<Failure | undefined> {
  /** The way to say how one question went; `undefined` takes back its failure. */
  of(question: string): (error: VideoErrorData | undefined) => void;
}

/** Nothing has failed yet. */
export function createLastFailure(): LastFailure {
  const { get, set, subscribe } = createObservable<Failure | undefined>(undefined);
  return {
    get,
    subscribe,
    of: (question) => (error) => {
      if (error !== undefined) set({ of: question, error });
      else if (get()?.of === question) set(undefined);
    },
  };
}
