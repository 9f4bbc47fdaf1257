// The handles of one engine, and the list of what they show. Knows no driver.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createObservable, type Observable } from "../observable.ts";
import type { Generation } from "./generation-handle.ts";

/** Handles by id. A later one with the same id takes the place of an earlier one. */
export interface HandleList {
  /** What all handles show, the newest first. The same array until something changed. */
  readonly snapshots: Observable<readonly GenerationSnapshot[]>;
  get(id: string): Generation | undefined;
  add(handle: Generation): void;
}

/** No handles yet. */
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
