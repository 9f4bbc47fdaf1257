// What a runner shows of its state: an outcome only once it is stored, because a process that dies before could resume with another one; and
// that a generation is kept waiting for too long, by its backend or by the storage of its end.
import { isDecided, snapshotOf, unstoredSnapshotOf, type GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationState } from "../core/state.ts";
import { createObservable, type Settable } from "../observable.ts";
import { createStallWatch, type StallWatchOptions } from "./stall-watch.ts";

/** The snapshots of one runner. */
export interface ShownSnapshot {
  readonly snapshot: Settable<GenerationSnapshot>;
  /** Shows a state, and from then on what is true beside it. */
  show(state: GenerationState): void;
  /** Shows nothing more. */
  stop(): void;
}

/** Options of `createShownSnapshot`. */
export interface ShownSnapshotOptions extends Omit<StallWatchOptions, "first" | "onStalled"> {
  readonly first: GenerationState;
  /** What is shown at first, where that is not the first state. */
  readonly shown: GenerationState;
  /** Resolves once all that was recorded so far is stored. Undefined where nothing is. */
  readonly stored: (() => Promise<unknown>) | undefined;
}

/** Shows `shown`. */
export function createShownSnapshot(options: ShownSnapshotOptions): ShownSnapshot {
  const { first, shown, stored, ...watched } = options;
  const snapshot = createObservable(snapshotOf(shown, { pause: watched.getPause() }));
  const stall = createStallWatch({ ...watched, first, onStalled: () => look() });
  let [state, isStopped] = [first, false];

  const look = (): void => {
    const isUnstored = stored !== undefined && isDecided(state);
    const around = stall.look(state, isUnstored && snapshot.get().status === "running");
    if (!isUnstored) snapshot.set(snapshotOf(state, around));
    else if (around.isStalled === true) snapshot.set(unstoredSnapshotOf(state));
  };

  return {
    snapshot,
    show(next) {
      state = next;
      look();
      if (stored === undefined || !isDecided(next)) return;
      void stored().then(() => {
        if (isStopped) return;
        snapshot.set(snapshotOf(next));
        look();
      });
    },
    stop() {
      isStopped = true;
      stall.stop();
    },
  };
}
