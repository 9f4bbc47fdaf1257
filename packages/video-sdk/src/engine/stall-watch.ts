// What a snapshot shows beside the state: why nothing is asked now, and that the backend, or the storage, has kept a generation waiting for too
// long. Decides nothing about the generation.
import type { Circumstances } from "../core/snapshot.ts";
import type { GenerationState } from "../core/state.ts";
import type { Clock, PauseReason } from "../ports.ts";
import type { InFlightCalls } from "./in-flight-calls.ts";

/** How long a wait may go on before it is shown. Most calls of a backend take less than a second. */
export const STALLED_AFTER_MS = 15_000;

/** Watches one generation. */
export interface StallWatch {
  /** What is true beside this state. To be called with each new one. `isUnstored`: it is decided, and waits for the storage. */
  look(state: GenerationState, isUnstored: boolean): Circumstances;
  stop(): void;
}

/** Options of a watch. */
export interface StallWatchOptions {
  readonly clock: Pick<Clock, "setTimeout" | "clearTimeout">;
  readonly first: GenerationState;
  /** The paid call has a deadline of its own, so a wait for it is not shown. */
  readonly calls: Pick<InFlightCalls, "isSubmitOut" | "isMoneyOut">;
  getPause(): PauseReason | undefined;
  /** Called when a wait has become too long. */
  onStalled(): void;
}

/** A watch over nothing yet. */
export function createStallWatch({ first, clock, calls, getPause, onStalled }: StallWatchOptions): StallWatch {
  let [waitedFor, isStalled] = ["", false];
  let timer: unknown;

  const start = (): void => {
    timer = clock.setTimeout(() => {
      if (calls.isSubmitOut()) return start();
      isStalled = true;
      onStalled();
    }, STALLED_AFTER_MS);
  };

  const wait = (next: string): void => {
    if (next === waitedFor) return;
    clock.clearTimeout(timer);
    [waitedFor, isStalled] = [next, false];
    if (next !== "") start();
  };

  wait(waitIn(first));
  return {
    look(state, isUnstored) {
      wait(isUnstored ? "storage" : waitIn(state));
      return { pause: getPause(), isStalled, isMoneyOut: calls.isMoneyOut() };
    },
    stop: () => clock.clearTimeout(timer),
  };
}

/** What a state waits for, as a text that changes when the wait is another one. Empty: nothing of the backend. */
function waitIn(state: GenerationState): string {
  switch (state.name) {
    case "acquiring-slot":
    case "reserving-credits":
    case "creating-session":
    case "recording":
    case "submitting":
      // A backend that has refused, and is asked again later, has answered.
      return state.isWaiting && !state.isUnsure ? "" : state.name;
    case "settling": {
      if (state.announcedSettlement !== undefined) return "";
      // The app's own step has a deadline of its own.
      if (state.steps["save-videos"]?.status === "running" && state.steps["save-row"] === undefined) return "";
      return `${state.name} ${state.steps["save-row"]?.status === "done"}`;
    }
    default:
      return "";
  }
}
