// The app's view of a generation: one handle, even when its driver changes. Knows no other generation.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createGenerationHandle, type Generation } from "./generation-handle.ts";
import type { GenerationReport } from "./engine-event.ts";
import type { GenerationRunner } from "./generation-runner.ts";
import type { CancelSignal } from "../guard-callbacks.ts";
import type { Clock } from "../ports.ts";
import { createListeners } from "./listeners.ts";
import { createObservable } from "../observable.ts";

/** The driver of a generation: its runner, and how to stop it. */
export interface Driver {
  readonly runner: GenerationRunner;
  /** Stops driving. Settles nothing. Resolves once the record is no longer written. */
  readonly detach: () => Promise<void>;
}

/** One generation, as the app sees it. */
export interface GenerationFront {
  readonly handle: Generation;
  emit(event: GenerationReport): void;
  /** Shows how another tab has ended it. */
  end(snapshot: GenerationSnapshot): void;
  /** Shows it without a pause: what held it back here does not hold back the tab that goes on with it. */
  showElsewhere(): void;
  /** From now on shows this driver's snapshots, and sends cancels to it. */
  setDriver(driver: Driver): void;
  /** Sends nothing to the driver any more. What it still shows is shown. */
  release(): void;
}

/** What a front calls. */
export interface FrontCallbacks {
  /** Aborting it asks to cancel, in whichever tab the generation runs by then. */
  readonly signal?: CancelSignal | undefined;
  onEvent(event: GenerationReport): void;
  /** Called after each cancel, which the driver may have ignored because it was stopped. */
  onCancel(id: string): void;
}

/** A front without a driver yet. */
export function createGenerationFront(
  first: GenerationSnapshot,
  { clock, signal, onEvent, onCancel }: FrontCallbacks & { readonly clock: Clock },
): GenerationFront {
  const shown = createObservable(first);
  const hear = createListeners(onEvent);
  let driver: Driver | undefined;
  const cancel = (): void => {
    driver?.runner.dispatch({ type: "cancel-requested" });
    onCancel(handle.id);
  };
  const unhear = (): void => signal?.removeEventListener("abort", cancel);
  const detach = (): void => {
    unhear();
    void driver?.detach();
  };
  const handle = createGenerationHandle({ clock, snapshot: shown, on: hear.on, cancel, detach });
  signal?.addEventListener("abort", cancel);
  void handle.outcome.then(unhear);
  return {
    emit: hear.emit,
    end: shown.set,
    showElsewhere() {
      if (shown.get().isPaused) shown.set({ ...shown.get(), isPaused: false, pauseReason: undefined });
    },
    handle,
    setDriver(next) {
      driver = next;
      const { snapshot } = next.runner;
      const show = (): void => shown.set(snapshot.get());
      snapshot.subscribe(show);
      show();
    },
    release: () => (driver = undefined),
  };
}
