// The handles of one engine, and the list of their snapshots. Knows no driver.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createObservable, type Observable } from "../observable.ts";
import type { Generation } from "./generation-handle.ts";

/** Handles by id. A later handle replaces an earlier one with the same id. */
export interface HandleList {
  /** The snapshots of all handles, newest first. The same array until something changes. */
  readonly snapshots: Observable<readonly GenerationSnapshot[]>;
  get(id: string): Generation | undefined;
  add(handle: Generation): void;
}

/** An empty list. */
export function createHandleList(): HandleList {
  const handles = new Map<string, Generation>();
  const snapshots = createObservable<readonly GenerationSnapshot[]>([]);
  const refresh = (): void => snapshots.set([...handles.values()].reverse().map((handle) => handle.getSnapshot()));
  return {
    snapshots,
    get: (id) => handles.get(id),
    add(handle) {
      handles.set(handle.id, handle);
      handle.subscribe(refresh);
      refresh();
    },
  };
}
