// Event listeners of one generation. A listener that throws cannot disturb a generation that holds credits.
import type { GenerationReport } from "./engine-event.ts";

/** Listeners of one generation. */
export interface Listeners {
  emit(event: GenerationReport): void;
  /** Returns an unsubscribe function. */
  on(listener: (event: GenerationReport) => void): () => void;
}

/** Listeners, with `first` called before all others. */
export function createListeners(first: (event: GenerationReport) => void): Listeners {
  const listeners = new Set<(event: GenerationReport) => void>([first]);
  return {
    emit(event) {
      for (const listener of [...listeners]) {
        try {
          const returned: unknown = listener(event);
          // An asynchronous listener rejects later: unheard, that would end a Node process.
          if (returned instanceof Promise) returned.catch(() => undefined);
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
