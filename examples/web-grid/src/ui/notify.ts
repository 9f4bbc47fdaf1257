// Short notes at the edge of the page. What shows them is loaded with the first one.
import { useSyncExternalStore } from "react";

let waiting: readonly string[] = [];
const listeners = new Set<() => void>();

/** Shows a sentence for a while. */
export function notify(title: string): void {
  waiting = [...waiting, title];
  tell();
}

/** The notes that were not shown yet: the same array until there is another. */
export function useWaitingNotes(): readonly string[] {
  return useSyncExternalStore(subscribe, () => waiting, onServer);
}

/** Says that they are shown. */
export function tookNotes(): void {
  waiting = [];
  tell();
}

function tell(): void {
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const NONE: readonly string[] = [];
const onServer = (): readonly string[] => NONE;
