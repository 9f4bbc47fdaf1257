// One generation of the engine, or all of them.
import { useCallback, useSyncExternalStore } from "react";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { useVideoEngine } from "./video-engine-context.ts";

/** The snapshot of a generation; undefined without an id, and for one that this engine does not know (yet). */
export function useGeneration(id: string | undefined): GenerationSnapshot | undefined {
  const { subscribe, get } = useVideoEngine();
  const getSnapshot = useCallback(() => (id === undefined ? undefined : get(id)?.getSnapshot()), [get, id]);
  return useSyncExternalStore(subscribe, getSnapshot, none);
}

/** All generations of the engine, the newest first. */
export function useGenerations(): readonly GenerationSnapshot[] {
  const { subscribe, list } = useVideoEngine();
  return useSyncExternalStore(subscribe, list, empty);
}

// What `resume()` brings may be there before React has taken over the server's markup, which has none of it.
const none = (): undefined => undefined;
const NOTHING: readonly GenerationSnapshot[] = [];
const empty = (): readonly GenerationSnapshot[] => NOTHING;
