// The generations of one engine: their runners, handles and snapshot list. Knows no request and no price.
import { isDecided, isUnresolved, type GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationState } from "../core/state.ts";
import type { TransitionResult } from "../core/transition-result.ts";
import { videoErrorData } from "../errors.ts";
import type { CancelSignal } from "../guard-callbacks.ts";
import type { Clock } from "../ports.ts";
import { createDriverList } from "./driver-list.ts";
import { createGenerationFront, type Driver, type GenerationFront } from "./generation-front.ts";
import { createGenerationHandle, type Generation } from "./generation-handle.ts";
import { createHandleList, type HandleList } from "./handle-list.ts";
import type { GenerationReport } from "./engine-event.ts";
import { createGenerationRunner, type GenerationRunner, type RunnerOptions } from "./generation-runner.ts";
import { createObservable } from "../observable.ts";

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
  readonly locked?: Promise<(() => void) | undefined> | undefined;
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
  "rules" | "perform" | "platform" | "lifecycle" | "storeAhead"
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
  const { clock } = shared.platform;
  const handles = createHandleList(keepEnded, (id) => [drivers.drop(id), lost.delete(id)]);
  const drivers = createDriverList(handles);
  const [running, ends] = [new Map<string, Driver>(), new WeakMap<Driver, () => void>()];
  let leaveAll: () => void = () => undefined;
  const allLeft = new Promise<void>((resolve) => (leaveAll = resolve));
  /** Generations whose lock was lost and not regained here. */
  const lost = new Map<string, GenerationFront>();

  // Made once: a handle that had a function of `run` would keep the runner that is in its scope.
  const onCancel = (id: string): void => (lost.has(id) ? onCancelElsewhere(id) : undefined);

  const run = (first: TransitionResult, { signal, resumedFrom, locked }: RunOptions): Generation => {
    const { id } = first[0].plan;
    const letGo = once(() => void locked?.then((release) => release?.()));
    const leave = (): boolean => running.get(id) === driver && running.delete(id);
    const onEnded = (): void => {
      leave();
      letGo();
      drivers.rest({ driver, front });
      ends.get(driver)?.();
      afterSuccess?.run(runner.snapshot.get(), runner.preview);
    };
    const onHeard = (event: GenerationReport): void => front.emit(event);
    const runner = createGenerationRunner({ ...shared, first, resumedFrom, onEvent: onHeard, onEnded });
    const detach = async (): Promise<void> => {
      if (!leave()) return;
      // The next lock holder must not read a record while it is being written.
      await runner.detach();
      letGo();
      ends.get(driver)?.();
    };
    const driver: Driver = { runner, detach };
    const front = lost.get(id) ?? createGenerationFront(runner.snapshot.get(), { clock, signal, onEvent, onCancel });
    running.set(id, driver);
    drivers.add({ driver, front });
    front.setDriver(driver);
    if (!lost.delete(id)) {
      handles.add(front.handle);
      // A generation that ended before this start of the app was reported then.
      if (resumedFrom === undefined || !isDecided(resumedFrom)) onNew(front.handle);
    } else handles.keep(front.handle);
    if (locked === undefined) runner.start();
    else void locked.then((release) => (release === undefined ? runner.refuse(NO_LOCK) : runner.start()));
    return front.handle;
  };

  return {
    list: handles.list,
    subscribe: handles.subscribe,
    get: handles.get,
    isRunning: (id) => running.has(id),
    isLost: (id) => lost.has(id),
    isResting: (id) => isResting(running.get(id)?.runner),
    showEnd: (snapshot) => endElsewhere(lost.get(snapshot.id), snapshot, handles),
    unstored: (id) => drivers.get(id)?.driver.runner.unstored(),
    run,
    keepEnded(snapshot) {
      const handle = ended(snapshot, clock);
      handles.add(handle);
      handles.retire(handle.id);
      onNew(handle);
      return handle;
    },
    async tell(id, isHeld) {
      const driver = drivers.get(id)?.driver;
      if (driver === undefined) return;
      running.set(id, driver);
      driver.runner.dispatch({ type: "hold-read", isHeld });
      // A call that never answers must not keep its locks from the engine that follows this one.
      await Promise.race([settledOnceMore(driver, ends).then(driver.runner.stored), allLeft]);
    },
    wake: () => running.forEach(({ runner }) => wakeSignedOut(runner)),
    async letGo(id) {
      const front = running.has(id) ? drivers.get(id)?.front : undefined;
      if (front !== undefined) lost.set(id, front);
      const left = running.get(id)?.detach();
      front?.showElsewhere();
      await left;
    },
    detachAll() {
      drivers.forEach(({ front }) => front.handle.detach());
      leaveAll();
    },
  };
}

const NO_LOCK = videoErrorData("storage-failed", { message: "The lock of this generation could not be taken." });

/** Another tab has ended it. Where nothing about it is open, it need not stay listed here either. */
function endElsewhere(front: GenerationFront | undefined, snapshot: GenerationSnapshot, handles: HandleList): void {
  if (front === undefined || snapshot.status === "running") return;
  front.end(snapshot);
  if (!isUnresolved(snapshot) && snapshot.openSlot === undefined) handles.retire(snapshot.id);
}

/** A handle of a generation that ended before it began. */
function ended(snapshot: GenerationSnapshot, clock: Clock): Generation {
  const nothing = (): void => undefined;
  return createGenerationHandle({
    clock,
    snapshot: createObservable(snapshot),
    cancel: nothing,
    detach: nothing,
    on: () => nothing,
  });
}

function isResting(runner: GenerationRunner | undefined): boolean {
  return runner?.snapshot.get().pauseReason === "background" && runner.isIdle();
}

function wakeSignedOut({ snapshot, dispatch }: GenerationRunner): void {
  if (snapshot.get().pauseReason === "not-signed-in") dispatch({ type: "woken" });
}

function once(run: () => void): () => void {
  let isDone = false;
  return () => {
    if (!isDone) run();
    isDone = true;
  };
}

/**
 * Resolves when what is settled once more has ended, or is let go: `ends` is called then. That its outcome is known says nothing: it had one
 * before.
 */
function settledOnceMore(driver: Driver, ends: WeakMap<Driver, () => void>): Promise<void> {
  return driver.runner.isSettling() ? new Promise((resolve) => ends.set(driver, resolve)) : Promise.resolve();
}
