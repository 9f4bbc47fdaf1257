// The handles of one engine, and the list of their snapshots. Knows no driver.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createObservable, fromParts, type Subscribe } from "../observable.ts";
import { createFilteredList, type GenerationFilter } from "./filtered-list.ts";
import type { Generation } from "./generation-handle.ts";

/** Handles by id. A later handle replaces an earlier one with the same id. */
export interface HandleList {
  /** The snapshots of all handles, or of those that match, newest first. The same array until something in it changes. */
  list(filter?: GenerationFilter): readonly GenerationSnapshot[];
  /** The listener is called without arguments after each change of any handle. Returns an unsubscribe function. */
  readonly subscribe: Subscribe;
  get(id: string): Generation | undefined;
  add(handle: Generation): void;
  /** Nothing more is expected of it. It stays until more than `keepEnded` others have ended after it. */
  retire(id: string): void;
  /** It is open again, and stays. */
  keep(handle: Generation): void;
}

/** A day's work of a busy user, in about two megabytes. */
const KEEP_ENDED = 1_000;

/** An empty list. `onDropped`: called with the id of each that has left it. */
export function createHandleList(keepEnded = KEEP_ENDED, onDropped?: (id: string) => void): HandleList {
  const handles = new Map<string, Generation>();
  /** Those that may be dropped, the one that ended first at the front. */
  const retired = new Set<string>();
  const changes = createObservable(0);
  const changed = (): void => changes.set(changes.get() + 1);
  // Built when it is read: with thousands in flight a change is far more frequent than a look at all of them.
  const all = fromParts((_change: number) => [...handles.values()].reverse().map((handle) => handle.getSnapshot()));
  const filtered = createFilteredList();

  const add = (handle: Generation): void => {
    retired.delete(handle.id);
    handles.set(handle.id, handle);
    handle.subscribe(changed);
    changed();
  };

  return {
    list: (filter) => filtered(all(changes.get()), filter),
    subscribe: changes.subscribe,
    get: (id) => handles.get(id),
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
    keep(handle) {
      retired.delete(handle.id);
      if (!handles.has(handle.id)) add(handle);
    },
  };
}
