// Records what a world has reached: a run proves nothing about a state that it never reached.
import type { GenerationSnapshot } from "../../core/snapshot.ts";
import type { GenerationState } from "../../core/state.ts";
import type { TracedCall } from "./fault-schedule.ts";

/** Words such as `phase polling`, `state watching`, `verdict deliver-late`, `end completed/captured`, `ledger.closeSlot refused`. */
export interface Coverage {
  readonly words: ReadonlySet<string>;
  onState(state: GenerationState): void;
  onSnapshots(snapshots: readonly GenerationSnapshot[]): void;
  onCall(call: TracedCall): void;
}

/** Creates an empty record. */
export function createCoverage(): Coverage {
  const words = new Set<string>();
  return {
    words,
    onState(state) {
      words.add(`state ${state.name}`);
      if (state.name === "settling") words.add(`verdict ${state.verdict.kind}`);
    },
    onSnapshots(snapshots) {
      for (const { phase, status, settlement } of snapshots) {
        words.add(`phase ${phase}`);
        if (status !== "running") words.add(`end ${status}/${settlement}`);
      }
    },
    onCall({ name, fault }) {
      if (fault !== undefined) words.add(`${name} ${fault}`);
    },
  };
}
