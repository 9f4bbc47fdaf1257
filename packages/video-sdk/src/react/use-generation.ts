// Watches one generation of the engine, or all of them.
import { useCallback, useMemo, useSyncExternalStore } from "react";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { selectOnce } from "./share-content.ts";
import { useShared } from "./use-shared.ts";
import { useVideoEngine } from "./video-engine-context.ts";

/** The snapshot of a generation; undefined without an id, and while this engine does not know it. */
export function useGeneration(id: string | undefined): GenerationSnapshot | undefined;
/**
 * A part of the snapshot of a generation. Renders only when the content of that part changes.
 *
 * @example
 * const phase = useGeneration(id, (snapshot) => snapshot?.phase);
 */
export function useGeneration<Selected>(
  id: string | undefined,
  selector: (snapshot: GenerationSnapshot | undefined) => Selected,
): Selected;
export function useGeneration(
  id: string | undefined,
  selector: (snapshot: GenerationSnapshot | undefined) => unknown = whole,
): unknown {
  const { subscribe, get } = useVideoEngine();
  const select = useMemo(() => selectOnce(selector), [selector]);
  const getSnapshot = useCallback(
    () => select(id === undefined ? undefined : get(id)?.getSnapshot()),
    [select, get, id],
  );
  // The server's markup has no generation. While React hydrates it, there must be none here either, even where `resume()` has brought some.
  const getServerSnapshot = useCallback(() => select(undefined), [select]);
  return useShared(useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot));
}

const whole = (snapshot: GenerationSnapshot | undefined): GenerationSnapshot | undefined => snapshot;

/** The snapshots of all generations of the engine, newest first. */
export function useGenerations(): readonly GenerationSnapshot[] {
  const { subscribe, list } = useVideoEngine();
  return useShared(useSyncExternalStore(subscribe, list, empty));
}

const NOTHING: readonly GenerationSnapshot[] = [];
const empty = (): readonly GenerationSnapshot[] => NOTHING;
