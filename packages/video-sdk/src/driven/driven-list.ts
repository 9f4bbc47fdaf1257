// The generations of one driven engine: those that it started, and those that the other side tells of.
import type { AfterSuccess } from "../after-success/create-after-success.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import type { GenerationReport } from "../engine/engine-event.ts";
import type { Generation } from "../engine/generation-handle.ts";
import { createHandleList, type HandleList } from "../engine/handle-list.ts";
import { callWhenDecided, type OutcomeCallbacks } from "../engine/outcome-callbacks.ts";
import type { CallbackGuard } from "../guard-callbacks.ts";
import type { VideoPlatform } from "../platform-ports.ts";
import { createDrivenGeneration, type DrivenGeneration } from "./driven-generation.ts";
import type { GenerationDriver } from "./generation-driver.ts";

/** Generations by id. */
export interface DrivenList extends Pick<HandleList, "get" | "list" | "subscribe"> {
  /** Adds one that is shown as `first`. `cancelEarly`: see `createDrivenGeneration`. */
  add(first: GenerationSnapshot, cancelEarly?: () => boolean): DrivenGeneration;
  /** Shows what the other side tells, newest first, and adds what is new. Returns their handles. */
  hear(snapshots: readonly GenerationSnapshot[]): readonly Generation[];
  /** Tells an event to the listeners of its generation. */
  report(event: GenerationReport): void;
  /** Shows nothing more. */
  stop(): void;
}

/** What the list needs. */
export interface DrivenListOptions extends OutcomeCallbacks {
  readonly driver: GenerationDriver;
  readonly platform: VideoPlatform;
  readonly guard: Pick<CallbackGuard, "run">;
  readonly keepEnded?: number | undefined;
  /** Makes posters for what completes while it is watched. */
  readonly afterSuccess?: Pick<AfterSuccess, "run"> | undefined;
  /** A handle has a listener for events. */
  onListened(): void;
}

/** An empty list. */
export function createDrivenList(options: DrivenListOptions): DrivenList {
  const { driver, platform, guard, keepEnded } = options;
  const known = new Map<string, DrivenGeneration>();
  const handles = createHandleList(keepEnded, (id) => known.delete(id));

  const add: DrivenList["add"] = (first, cancelEarly) => {
    const generation = createDrivenGeneration(first, { driver, platform, cancelEarly, onListened: options.onListened });
    known.set(first.id, generation);
    const { handle, preview } = generation;
    handles.add({ handle, get: handle.getSnapshot, subscribe: handle.subscribe });
    void handle.outcome.then(() => {
      handles.retire(first.id);
      // One that had ended before has its poster, or none.
      if (first.status === "running") options.afterSuccess?.run(handle.getSnapshot(), preview);
    });
    return generation;
  };
  const tell = (snapshot: GenerationSnapshot): Generation => {
    const isNew = !known.has(snapshot.id);
    const { handle, show } = known.get(snapshot.id) ?? add(snapshot);
    show(snapshot);
    // One that had ended before was reported then.
    if (isNew && snapshot.status === "running") callWhenDecided(handle, options, guard.run);
    return handle;
  };

  return {
    get: handles.get,
    list: handles.list,
    subscribe: handles.subscribe,
    add,
    // A list adds at its end, and shows that first.
    hear: (snapshots) => [...snapshots].reverse().map(tell),
    report: (event) => known.get(event.id)?.report(event),
    stop: () => known.forEach(({ stop }) => stop()),
  };
}
