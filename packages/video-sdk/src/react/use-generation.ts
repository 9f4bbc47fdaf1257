// Watches one generation of the engine, or all of them.
import { useCallback, useSyncExternalStore } from "react";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { useVideoEngine } from "./video-engine-context.ts";

/** The snapshot of a generation; undefined without an id, and while this engine does not know it. */
export function useGeneration(id: string | undefined): GenerationSnapshot | undefined {
  const { subscribe, get } = useVideoEngine();
  const getSnapshot = useCallback(() => (id === undefined ? undefined : get(id)?.getSnapshot()), [get, id]);
  return useSyncExternalStore(subscribe, getSnapshot, none);
}

/** The snapshots of all generations of the engine, newest first. */
export function useGenerations(): readonly GenerationSnapshot[] {
  const { subscribe, list } = useVideoEngine();
  return useSyncExternalStore(subscribe, list, empty);
}

// The server's markup has no generation. While React hydrates it, there must be none here either, even where `resume()` has brought some.
const none = (): undefined => undefined;
const NOTHING: readonly GenerationSnapshot[] = [];
const empty = (): readonly GenerationSnapshot[] => NOTHING;
