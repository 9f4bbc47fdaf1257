// What the app holds of a generation: its handle, whoever drives it at the moment. Knows no other generation.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createGenerationHandle, type Generation } from "./generation-handle.ts";
import type { GenerationReport } from "./engine-event.ts";
import type { GenerationRunner } from "./generation-runner.ts";
import { createListeners } from "./listeners.ts";
import { createObservable } from "../observable.ts";

/** Who drives a generation. */
export interface Driver {
  readonly runner: GenerationRunner;
  /** Stops driving. Settles nothing. Resolves once the record is let alone. */
  readonly detach: () => Promise<void>;
}

/** One generation, as the app holds it. */
export interface GenerationFront {
  readonly handle: Generation;
  emit(event: GenerationReport): void;
  /** From now on it shows this driver's, and asks this one to cancel. */
  setDriver(driver: Driver): void;
}

/** A front that nobody stands behind yet. */
export function createGenerationFront(
  first: GenerationSnapshot,
  onEvent: (event: GenerationReport) => void,
): GenerationFront {
  const shown = createObservable(first);
  const hear = createListeners(onEvent);
  let driver: Driver | undefined;
  return {
    emit: hear.emit,
    handle: createGenerationHandle({
      ...{ snapshot: shown, on: hear.on },
      cancel: () => driver?.runner.dispatch({ type: "cancel-requested" }),
      detach: () => void driver?.detach(),
    }),
    setDriver(next) {
      driver = next;
      const { snapshot } = next.runner;
      const show = (): void => shown.set(snapshot.get());
      snapshot.subscribe(show);
      show();
    },
  };
}
