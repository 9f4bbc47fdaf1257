// What a runner shows of its state: an outcome only once it is stored, because a process that dies before could resume with another one; and
// that a generation is kept waiting for too long, by its backend or by the storage of its end.
import { isDecided, snapshotOf, unstoredSnapshotOf, type GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationState } from "../core/state.ts";
import { StallWatch, type Watched } from "./stall-watch.ts";

/** Whose snapshots they are. */
export interface SnapshotOwner extends Watched {
  /** Undefined where nothing is stored. `settled` resolves once all that was recorded so far is. */
  readonly writeAhead: { settled(): Promise<unknown> } | undefined;
  /** Called after each change. */
  onShown(): void;
}

/** The snapshots of one runner. */
export class ShownSnapshot {
  declare private readonly owner: SnapshotOwner;
  declare private readonly stall: StallWatch;
  declare private state: GenerationState;
  declare private isStopped: boolean;
  declare private current: GenerationSnapshot;

  /** Shows `shown` at first, which need not be the first state. */
  constructor(owner: SnapshotOwner, { first, shown }: { first: GenerationState; shown: GenerationState }) {
    this.owner = owner;
    this.state = first;
    this.isStopped = false;
    this.current = snapshotOf(shown, { pause: owner.getPause() });
    this.stall = new StallWatch(owner, first);
  }

  /** The same object until something changes. */
  get(): GenerationSnapshot {
    return this.current;
  }

  set(snapshot: GenerationSnapshot): void {
    this.current = snapshot;
    this.owner.onShown();
  }

  /** Shows a state, and from then on what is true beside it. */
  show(next: GenerationState): void {
    const { writeAhead } = this.owner;
    this.state = next;
    this.look();
    if (writeAhead === undefined || !isDecided(next)) return;
    void writeAhead.settled().then(() => {
      if (this.isStopped) return;
      this.set(snapshotOf(next));
      this.look();
    });
  }

  /** Shows what is true now beside the state. */
  look(): void {
    const isUnstored = this.owner.writeAhead !== undefined && isDecided(this.state);
    const around = this.stall.look(this.state, isUnstored && this.current.status === "running");
    if (!isUnstored) this.set(snapshotOf(this.state, around));
    else if (around.isStalled === true) this.set(unstoredSnapshotOf(this.state));
  }

  /** Shows nothing more. */
  stop(): void {
    this.isStopped = true;
    this.stall.stop();
  }
}
