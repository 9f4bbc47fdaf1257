// What a runner shows of its state: an outcome only once it is stored, because a process that dies before could resume with another one; and
// that a generation is kept waiting for too long, by its backend or by the storage of its end.
import {
  isDecided,
  snapshotOf,
  unstoredSnapshotOf,
  type Circumstances,
  type GenerationSnapshot,
} from "../core/snapshot.ts";
import type { GenerationState } from "../core/state.ts";
import { QUIET, StallWatch, type Watched } from "./stall-watch.ts";

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
  /** What is shown: this state, with what was true beside it then. */
  declare private shown: GenerationState;
  declare private around: Circumstances;
  /** The snapshot of that; undefined until it is read, because most changes are not looked at. */
  declare private current: GenerationSnapshot | undefined;

  /** Shows `shown` at first, which need not be the first state. */
  constructor(owner: SnapshotOwner, { first, shown }: { first: GenerationState; shown: GenerationState }) {
    this.owner = owner;
    this.state = first;
    this.isStopped = false;
    this.shown = shown;
    const pause = owner.getPause();
    this.around = pause === undefined ? QUIET : { pause };
    this.current = undefined;
    this.stall = new StallWatch(owner, first);
  }

  /** The same object until something changes. */
  get(): GenerationSnapshot {
    this.current ??= snapshotOf(this.shown, this.around);
    return this.current;
  }

  /** Whether it is certain, without building the snapshot, that it shows no outcome and is not late with one. */
  isUnderWay(): boolean {
    return this.current === undefined && !isDecided(this.shown) && this.around.isStalled !== true;
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
      this.be(next, QUIET);
      this.look();
    });
  }

  /** Shows what is true now beside the state. */
  look(): void {
    const isUnstored = this.owner.writeAhead !== undefined && isDecided(this.state);
    const around = this.stall.look(this.state, isUnstored && !isDecided(this.shown));
    if (!isUnstored) this.be(this.state, around);
    else if (around.isStalled === true) this.set(unstoredSnapshotOf(this.state));
  }

  private be(shown: GenerationState, around: Circumstances): void {
    this.shown = shown;
    this.around = around;
    this.current = undefined;
    this.owner.onShown();
  }

  /** Shows nothing more. */
  stop(): void {
    this.isStopped = true;
    this.stall.stop();
  }
}
