// Those who hear of every event. One that throws does not reach a generation that holds credits.
import type { GenerationReport } from "./engine-event.ts";

/** Listeners of one generation. */
export interface Listeners {
  emit(event: GenerationReport): void;
  /** Gives back the way to stop. */
  on(listener: (event: GenerationReport) => void): () => void;
}

/** Listeners, `first` before all others. */
export function createListeners(first: (event: GenerationReport) => void): Listeners {
  const listeners = new Set<(event: GenerationReport) => void>([first]);
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
      const own = (event: GenerationReport): void => listener(event);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
