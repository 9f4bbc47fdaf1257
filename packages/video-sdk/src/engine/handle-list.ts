// The handles of one engine, and the list of their snapshots. Knows no driver.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createObservable, fromParts, type Observable, type Subscribe } from "../observable.ts";
import { createFilteredList, type GenerationFilter } from "./filtered-list.ts";
import type { Generation } from "./generation-handle.ts";

/** A handle, and the snapshots that it shows. They are not read from the handle: each of its functions is made when an app asks for it. */
export interface Listed extends Observable<GenerationSnapshot> {
  readonly handle: Generation;
}

/** Handles by id. A later handle replaces an earlier one with the same id. */
export interface HandleList {
  /** The snapshots of all handles, or of those that match, newest first. The same array until something in it changes. */
  list(filter?: GenerationFilter): readonly GenerationSnapshot[];
  /** The listener is called without arguments after each change of any handle. Returns an unsubscribe function. */
  readonly subscribe: Subscribe;
  get(id: string): Generation | undefined;
  add(one: Listed): void;
  /** Nothing more is expected of it. It stays until more than `keepEnded` others have ended after it. */
  retire(id: string): void;
  /** It is open again, and stays. */
  keep(one: Listed): void;
}

/** A day's work of a busy user, in about two megabytes. */
const KEEP_ENDED = 1_000;

/** An empty list. `onDropped`: called with the id of each that has left it. */
export function createHandleList(keepEnded = KEEP_ENDED, onDropped?: (id: string) => void): HandleList {
  const handles = new Map<string, Listed>();
  /** Those that may be dropped, the one that ended first at the front. */
  const retired = new Set<string>();
  const changes = createObservable(0);
  const changed = (): void => changes.set(changes.get() + 1);
  // Built when it is read: with thousands in flight a change is far more frequent than a look at all of them.
  const all = fromParts((_change: number) => [...handles.values()].reverse().map((one) => one.get()));
  const filtered = createFilteredList();

  const add = (one: Listed): void => {
    const { id } = one.handle;
    retired.delete(id);
    handles.set(id, one);
    one.subscribe(changed);
    changed();
  };

  return {
    list: (filter) => filtered(all(changes.get()), filter),
    subscribe: changes.subscribe,
    get: (id) => handles.get(id)?.handle,
    add,
    retire(id) {
      if (handles.has(id)) retired.add(id);
      const [oldest] = retired;
      if (oldest === undefined || retired.size <= keepEnded) return;
      retired.delete(oldest);
      handles.delete(oldest);
      onDropped?.(oldest);
      changed();
    },
    keep(one) {
      const { id } = one.handle;
      retired.delete(id);
      if (!handles.has(id)) add(one);
    },
  };
}
