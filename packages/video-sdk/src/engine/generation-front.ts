// The app's view of a generation: one handle, even when its driver changes. Knows no other generation.
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { createGenerationHandle, type Generation, type HandleSource } from "./generation-handle.ts";
import type { GenerationReport } from "./engine-event.ts";
import type { CancelSignal } from "../guard-callbacks.ts";
import type { Observable } from "../observable.ts";
import type { Clock } from "../platform-ports.ts";
import { asOwn, callAll, type Listeners } from "./listeners.ts";
import { ShownSnapshot } from "./shown-snapshot.ts";

/** What drives a generation, as far as its front asks it for something. */
export interface FrontDriver {
  /** Asks to cancel. A driver that was stopped ignores it. */
  cancel(): void;
  /** Stops driving. Settles nothing. Resolves once the record is no longer written. */
  detach(): Promise<void>;
}

/** What the fronts of one engine share. */
export interface FrontOptions {
  readonly platform: { readonly clock: Clock };
  /** Called with each event, before those that listen to one generation. */
  readonly hearers: Listeners<[GenerationReport]>;
  /** Called after each cancel, which the driver may have ignored because it was stopped. */
  onCancel(id: string): void;
}

/** One generation, as the app sees it. A class for the reason given in `generation-runner.ts`. */
export class GenerationFront implements HandleSource, Observable<GenerationSnapshot> {
  declare readonly id: string;
  declare readonly handle: Generation;
  declare private readonly options: FrontOptions;
  declare private driver: FrontDriver | undefined;
  /** What builds its snapshots when they are read; the last one, once nothing drives it. */
  declare private shown: ShownSnapshot | GenerationSnapshot;
  declare private watchers: Listeners<[]>;
  declare private hearers: Listeners<[GenerationReport]>;
  declare private unhear: (() => void) | undefined;

  /** Without a driver yet. */
  constructor(options: FrontOptions, { id, first }: { id: string; first: ShownSnapshot | GenerationSnapshot }) {
    this.id = id;
    this.options = options;
    this.driver = undefined;
    this.shown = first;
    this.watchers = NONE;
    this.hearers = NONE;
    this.unhear = undefined;
    this.handle = createGenerationHandle(this);
  }

  /** Aborting the signal asks to cancel, in whichever tab the generation runs by then. */
  cancelBy(signal: CancelSignal): void {
    const cancel = (): void => this.cancel();
    this.unhear = () => signal.removeEventListener("abort", cancel);
    signal.addEventListener("abort", cancel);
    void this.handle.outcome.then(this.unhear);
  }

  get clock(): Clock {
    return this.options.platform.clock;
  }

  get snapshot(): Observable<GenerationSnapshot> {
    return this;
  }

  get(): GenerationSnapshot {
    return this.shown instanceof ShownSnapshot ? this.shown.get() : this.shown;
  }

  isUnderWay(): boolean {
    return this.shown instanceof ShownSnapshot && this.shown.isUnderWay();
  }

  /** Shows a snapshot, or what builds them: at once, and after each change when this is called again. */
  show(next: ShownSnapshot | GenerationSnapshot): void {
    // A driver that has been let go must not be kept by what it still shows.
    this.shown = next instanceof ShownSnapshot && this.driver === undefined ? next.get() : next;
    callAll(this.watchers);
  }

  subscribe(listener: () => void): () => void {
    const own = asOwn(this.watchers, listener);
    this.watchers = this.watchers.concat(own);
    return () => void (this.watchers = this.watchers.filter((one) => one !== own));
  }

  on(listener: (event: GenerationReport) => void): () => void {
    const own = asOwn(this.hearers, listener);
    this.hearers = this.hearers.concat(own);
    return () => void (this.hearers = this.hearers.filter((one) => one !== own));
  }

  emit(event: GenerationReport): void {
    callAll(this.options.hearers, event);
    callAll(this.hearers, event);
  }

  cancel(): void {
    this.driver?.cancel();
    this.options.onCancel(this.id);
  }

  detach(): void {
    this.unhear?.();
    void this.driver?.detach();
  }

  /** Shows it without a pause: what held it back here does not hold back the tab that goes on with it. */
  showElsewhere(): void {
    const current = this.get();
    if (current.isPaused) this.show({ ...current, isPaused: false, pauseReason: undefined });
  }

  /** From now on sends cancels to this driver, which shows its snapshots by `show`. */
  setDriver(driver: FrontDriver): void {
    this.driver = driver;
  }

  /** Sends nothing to the driver any more. What it still shows is shown. */
  release(): void {
    this.shown = this.get();
    this.driver = undefined;
  }
}

const NONE: Listeners<[]> = [];
