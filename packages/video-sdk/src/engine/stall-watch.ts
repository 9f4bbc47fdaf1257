// What a snapshot shows beside the state: why nothing is asked now, and that the backend, or the storage, has kept a generation waiting for too
// long. Decides nothing about the generation.
import type { Circumstances } from "../core/snapshot.ts";
import type { GenerationState } from "../core/state.ts";
import type { Clock, PauseReason } from "../platform-ports.ts";
import type { InFlightCalls } from "./in-flight-calls.ts";

/** How long a wait may go on before it is shown. Most calls of a backend take less than a second. */
export const STALLED_AFTER_MS = 15_000;

/** What is watched. */
export interface Watched {
  readonly clock: Pick<Clock, "setTimeout" | "clearTimeout">;
  /** The paid call has a deadline of its own, so a wait for it is not shown. */
  readonly calls: Pick<InFlightCalls, "isSubmitOut" | "isMoneyOut">;
  getPause(): PauseReason | undefined;
  /** Called when a wait has become too long. */
  onStalled(): void;
}

/** What is true most of the time. */
export const QUIET: Circumstances = { pause: undefined, isStalled: false, isMoneyOut: false };

/** Watches one generation. */
export class StallWatch {
  declare private readonly watched: Watched;
  declare private waitedFor: string;
  declare private isStalled: boolean;
  declare private timer: unknown;

  constructor(watched: Watched, first: GenerationState) {
    this.watched = watched;
    this.waitedFor = "";
    this.isStalled = false;
    this.timer = undefined;
    this.wait(waitIn(first));
  }

  /** What is true beside this state. To be called with each new one. `isUnstored`: it is decided, and waits for the storage. */
  look(state: GenerationState, isUnstored: boolean): Circumstances {
    this.wait(isUnstored ? "storage" : waitIn(state));
    const pause = this.watched.getPause();
    const isMoneyOut = this.watched.calls.isMoneyOut();
    return pause === undefined && !this.isStalled && !isMoneyOut
      ? QUIET
      : { pause, isStalled: this.isStalled, isMoneyOut };
  }

  stop(): void {
    if (this.timer !== undefined) this.watched.clock.clearTimeout(this.timer);
    this.timer = undefined;
  }

  private wait(next: string): void {
    if (next === this.waitedFor) return;
    this.stop();
    this.waitedFor = next;
    this.isStalled = false;
    if (next !== "") this.start();
  }

  private start(): void {
    const { clock, calls } = this.watched;
    this.timer = clock.setTimeout(() => {
      if (calls.isSubmitOut()) return this.start();
      this.isStalled = true;
      this.watched.onStalled();
    }, STALLED_AFTER_MS);
  }
}

/** What a state waits for, as a text that changes when the wait is another one. Empty: nothing of the backend. */
function waitIn(state: GenerationState): string {
  switch (state.name) {
    case "acquiring-both": {
      // Each answer begins another wait.
      const steps = Object.values(state.steps).map(({ status, isUnsure }) =>
        status === "running" || (status === "waiting" && isUnsure) ? "asked" : "",
      );
      return steps.join("") && `${state.name} ${steps.join()}`;
    }
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
      return state.steps["save-row"]?.status === "done" ? "settling what is saved" : state.name;
    }
    default:
      return "";
  }
}
