// Connects a store of the SDK to React.
import { useSyncExternalStore } from "react";
import { useShared } from "./use-shared.ts";

/** A value that can be read and watched. All members work unbound. */
export interface Store<T> {
  getSnapshot(): T;
  /** What every store of its kind begins with, always the same object: so what a server renders. */
  getInitialSnapshot(): T;
  subscribe(listener: () => void): () => void;
}

/**
 * The current value of a store. On a server, and while React hydrates, its first value: a boundary that hydrates late must find what the
 * server rendered, though the store has changed since.
 */
export function useStore<T>({ subscribe, getSnapshot, getInitialSnapshot }: Store<T>): T {
  return useShared(useSyncExternalStore(subscribe, getSnapshot, getInitialSnapshot));
}
