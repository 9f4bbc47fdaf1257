// Connects a store of the SDK to React.
import { useSyncExternalStore } from "react";

/** A value that can be read and watched. Both members work unbound. */
export interface Store<T> {
  getSnapshot(): T;
  subscribe(listener: () => void): () => void;
}

/** The current value of a store, on a server and during hydration too. */
export function useStore<T>({ subscribe, getSnapshot }: Store<T>): T {
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
