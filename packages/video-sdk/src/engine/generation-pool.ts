// The generations of one engine: their runners, handles and snapshot list. Knows no request and no price.
import { isDecided, isUnresolved, type GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationState } from "../core/state.ts";
import type { TransitionResult } from "../core/transition-result.ts";
import type { CancelSignal } from "../guard-callbacks.ts";
import { createDriverList } from "./driver-list.ts";
import { GenerationDriver, type DriverOptions, type Locked } from "./generation-driver.ts";
import { GenerationFront, type FrontOptions } from "./generation-front.ts";
import type { Generation } from "./generation-handle.ts";
import { createHandleList, type HandleList } from "./handle-list.ts";
import type { GenerationReport } from "./engine-event.ts";
import type { RunnerOptions } from "./runner-options.ts";

/** How one generation is run. */
export interface RunOptions {
  /** Aborting it asks to cancel. */
  readonly signal?: CancelSignal | undefined;
  /** The stored state, when the generation comes from the journal. */
  readonly resumedFrom?: GenerationState | undefined;
  /**
   * Resolves with the release function of the lock, or with undefined when the lock failed: then nothing is called, and the generation has
   * failed. Left out where there are no locks: then it starts at once.
   */
  readonly locked?: Locked | undefined;
}

/** The generations of one engine. */
export interface GenerationPool {
  readonly list: HandleList["list"];
  readonly subscribe: HandleList["subscribe"];
  get(id: string): Generation | undefined;
  /** Whether it runs here. One whose lock was lost stays listed, but does not run. */
  isRunning(id: string): boolean;
  /** Whether it ran here, was let go and has not come back. */
  isLost(id: string): boolean;
  /** Whether it runs here and only waits for the user to come back: another tab may run it instead. */
  isResting(id: string): boolean;
  /** Shows how another tab has ended a generation that was let go here. Takes any value. */
  showEnd(snapshot: GenerationSnapshot): void;
  /** The final state of a generation here, when the storage has only an older one. */
  unstored(id: string): GenerationState | undefined;
  /** Starts a runner for a first step. Its handle replaces that of a generation that no longer runs. */
  run(first: TransitionResult, options: RunOptions): Generation;
  /** Lists a generation that ended before it began. */
  keepEnded(snapshot: GenerationSnapshot): Generation;
  /** Reports to an ended generation whether its hold exists. Resolves when it is settled and stored. */
  tell(id: string, isHeld: boolean): Promise<void>;
  /** Signals to generations that wait for a signed-in user that there may be one again. */
  wake(): void;
  /**
   * Stops driving a generation whose lock was lost, or is handed over. Settles nothing. Its handle stays, and goes on when the generation is resumed here.
   * Resolves once its record is no longer written.
   */
  letGo(id: string): Promise<void>;
  /** Stops every runner. Settles nothing. */
  detachAll(): void;
}

/** What the pool passes to every runner. */
export interface PoolOptions extends Pick<
  RunnerOptions,
  "rules" | "perform" | "platform" | "lifecycle" | "holds" | "storeAhead"
> {
  /** How many ended generations stay listed, beside those about which something is open. Default 1,000. */
  readonly keepEnded?: number | undefined;
  onEvent(event: GenerationReport): void;
  /** Called with each new handle whose outcome is not known yet, or was refused at once. */
  onNew(handle: Generation): void;
  /** Called with a generation that is canceled here and runs in another tab. */
  onCancelElsewhere(id: string): void;
  /** Work that follows a finished video. */
  readonly afterSuccess?: { run(snapshot: GenerationSnapshot, show: (previewImage: string) => void): void } | undefined;
}

/** An empty pool. */
export function createGenerationPool(options: PoolOptions): GenerationPool {
  const { keepEnded, onEvent, onNew, onCancelElsewhere, afterSuccess, ...shared } = options;
  const handles = createHandleList(keepEnded, (id) => [drivers.drop(id), lost.delete(id)]);
  const drivers = createDriverList(handles);
  const running = new Map<string, GenerationDriver>();
  let leaveAll: () => void = () => undefined;
  const allLeft = new Promise<void>((resolve) => (leaveAll = resolve));
  /** Generations whose lock was lost and not regained here. */
  const lost = new Map<string, GenerationFront>();

  const driving: DriverOptions = {
    ...shared,
    onLeft: (driver) => running.get(driver.id) === driver && running.delete(driver.id),
    onOver(driver) {
      drivers.rest(driver);
      afterSuccess?.run(driver.view.get(), (previewImage) => driver.preview(previewImage));
    },
  };
  const fronts: FrontOptions = {
    platform: shared.platform,
    hearers: [onEvent],
    onCancel: (id) => (lost.has(id) ? onCancelElsewhere(id) : undefined),
  };

  const run = (first: TransitionResult, { signal, resumedFrom, locked }: RunOptions): Generation => {
    const driver = new GenerationDriver(driving, { first, resumedFrom });
    const { id } = driver;
    const known = lost.get(id);
    const front = known ?? new GenerationFront(fronts, { id, first: driver.view });
    if (known === undefined && signal !== undefined) front.cancelBy(signal);
    running.set(id, driver);
    driver.show(front);
    drivers.add(driver);
    if (!lost.delete(id)) {
      handles.add(front);
      // A generation that ended before this start of the app was reported then.
      if (resumedFrom === undefined || !isDecided(resumedFrom)) onNew(front.handle);
    } else handles.keep(front);
    driver.startWith(locked);
    return front.handle;
  };

  return {
    list: handles.list,
    subscribe: handles.subscribe,
    get: handles.get,
    isRunning: (id) => running.has(id),
    isLost: (id) => lost.has(id),
    isResting: (id) => isResting(running.get(id)),
    showEnd: (snapshot) => endElsewhere(lost.get(snapshot.id), snapshot, handles),
    unstored: (id) => drivers.get(id)?.unstored(),
    run,
    keepEnded(snapshot) {
      const front = new GenerationFront(fronts, { id: snapshot.id, first: snapshot });
      const { handle } = front;
      handles.add(front);
      handles.retire(handle.id);
      onNew(handle);
      return handle;
    },
    async tell(id, isHeld) {
      const driver = drivers.get(id);
      if (driver === undefined) return;
      running.set(id, driver);
      driver.dispatch({ type: "hold-read", isHeld });
      // A call that never answers must not keep its locks from the engine that follows this one.
      await Promise.race([driver.settledOnceMore(), allLeft]);
    },
    wake: () => running.forEach((driver) => wakeSignedOut(driver)),
    async letGo(id) {
      const driver = running.get(id);
      if (driver === undefined) return;
      lost.set(id, driver.front);
      const left = driver.detach();
      driver.front.showElsewhere();
      await left;
    },
    detachAll() {
      drivers.forEach(({ front }) => front.handle.detach());
      leaveAll();
    },
  };
}

/** Another tab has ended it. Where nothing about it is open, it need not stay listed here either. */
function endElsewhere(front: GenerationFront | undefined, snapshot: GenerationSnapshot, handles: HandleList): void {
  if (front === undefined || snapshot.status === "running") return;
  front.show(snapshot);
  if (!isUnresolved(snapshot) && snapshot.openSlot === undefined) handles.retire(snapshot.id);
}

function isResting(driver: GenerationDriver | undefined): boolean {
  return driver?.view.get().pauseReason === "background" && driver.isIdle();
}

function wakeSignedOut(driver: GenerationDriver): void {
  if (driver.view.get().pauseReason === "not-signed-in") driver.dispatch({ type: "woken" });
}
