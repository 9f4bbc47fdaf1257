// The one place where a store of the SDK meets React.
import { useSyncExternalStore } from "react";

/** A value that can be read and watched. Both members work unbound. */
export interface Store<T> {
  getSnapshot(): T;
  subscribe(listener: () => void): () => void;
}

/** The value of a store. On a server, and until it has taken over from the server's markup, what the store begins with. */
export function useStore<T>({ subscribe, getSnapshot }: Store<T>): T {
  return useSyncExternalStore(subscribe, getSnapshot, getSnapshot);
}
