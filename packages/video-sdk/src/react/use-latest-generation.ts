// The latest generation that a component has started. Shows it, and cancels it.
import { useCallback, useRef, useState } from "react";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { useGeneration } from "./use-generation.ts";
import { useVideoEngine } from "./video-engine-context.ts";

/** The latest generation, and what changes which one it is. */
export interface LatestGeneration {
  /** Undefined while there is none. */
  readonly snapshot: GenerationSnapshot | undefined;
  /** Makes the generation of this id the latest. */
  show(id: string | undefined): void;
  /** Asks to cancel the latest generation. */
  cancel(): void;
  /** Forgets the latest generation, which keeps running. */
  reset(): void;
}

/** No generation at first. The functions stay the same from render to render. */
export function useLatestGeneration(): LatestGeneration {
  const { get } = useVideoEngine();
  const [id, setId] = useState<string | undefined>(undefined);
  // Beside the state, so that `cancel` need not change with it, and cancels what was started just before in the same tap.
  const latest = useRef<string | undefined>(undefined);
  const show = useCallback((started: string | undefined) => {
    latest.current = started;
    setId(started);
  }, []);
  const cancel = useCallback(() => {
    if (latest.current !== undefined) void get(latest.current)?.cancel();
  }, [get]);
  const reset = useCallback(() => show(undefined), [show]);
  return { snapshot: useGeneration(id), show, cancel, reset };
}
