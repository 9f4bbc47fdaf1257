// Drives one generation here: its runner, the lock that it holds, and what the app sees of it. Knows no other generation.
import { videoErrorData } from "../errors.ts";
import type { GenerationReport } from "./engine-event.ts";
import type { FrontDriver, GenerationFront } from "./generation-front.ts";
import { GenerationRunner } from "./generation-runner.ts";
import type { RunnerOptions, RunnerStart } from "./runner-options.ts";

/** What all drivers of an engine share. */
export interface DriverOptions extends RunnerOptions {
  /** Called when it stops driving. Returns false where it had stopped before. */
  onLeft(driver: GenerationDriver): boolean;
  /** Called when nothing more can happen here; again, when a late answer has opened and ended it once more. */
  onOver(driver: GenerationDriver): void;
}

/** Resolves with the release function of a lock, or with undefined when the lock failed. */
export type Locked = Promise<(() => void) | undefined>;

/** The driver of a generation. */
export class GenerationDriver extends GenerationRunner implements FrontDriver {
  declare front: GenerationFront;
  declare private readonly shared: DriverOptions;
  declare private locked: Locked | undefined;
  /** Called when what is settled once more has ended, or is let go. */
  declare private whenOver: (() => void) | undefined;

  constructor(options: DriverOptions, start: RunnerStart) {
    super(options, start);
    this.shared = options;
    this.locked = undefined;
    this.whenOver = undefined;
  }

  /** From now on the app sees by this front what is driven here. */
  show(front: GenerationFront): void {
    this.front = front;
    front.setDriver(this);
    front.show(this.view);
  }

  /** Starts once the lock is taken; at once, where there are no locks. Where the lock fails, nothing is called, and the generation has failed. */
  startWith(locked: Locked | undefined): void {
    this.locked = locked;
    if (locked === undefined) this.start();
    else void locked.then((release) => (release === undefined ? this.refuse(NO_LOCK) : this.start()));
  }

  cancel(): void {
    this.dispatch({ type: "cancel-requested" });
  }

  async detach(): Promise<void> {
    if (!this.shared.onLeft(this)) return;
    // The next lock holder must not read a record while it is being written.
    await this.stop();
    this.unlock();
    this.whenOver?.();
  }

  onShown(): void {
    this.front.show(this.view);
  }

  onReport(report: GenerationReport): void {
    this.front.emit(report);
  }

  onEnded(): void {
    this.shared.onLeft(this);
    this.unlock();
    this.shared.onOver(this);
    this.whenOver?.();
  }

  /**
   * Resolves when what is settled once more has ended, or is let go, and is stored. That its outcome is known says nothing: it had one before.
   */
  async settledOnceMore(): Promise<void> {
    if (this.isSettling()) await new Promise<void>((resolve) => (this.whenOver = resolve));
    await this.stored();
  }

  private unlock(): void {
    void this.locked?.then((release) => release?.());
    this.locked = undefined;
  }
}

const NO_LOCK = videoErrorData("storage-failed", { message: "The lock of this generation could not be taken." });
