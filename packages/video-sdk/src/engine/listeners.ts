// Those who hear of every event. One that throws does not reach a generation that holds credits.
import type { VideoEngineEvent } from "./generation-runner.ts";

/** Listeners of one generation. */
export interface Listeners {
  emit(event: VideoEngineEvent): void;
  /** Gives back the way to stop. */
  on(listener: (event: VideoEngineEvent) => void): () => void;
}

/** Listeners, `first` before all others. */
export function createListeners(first: (event: VideoEngineEvent) => void): Listeners {
  const listeners = new Set<(event: VideoEngineEvent) => void>([first]);
  return {
    emit(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event);
        } catch {
          continue;
        }
      }
    },
    on(listener) {
      const own = (event: VideoEngineEvent): void => listener(event);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
