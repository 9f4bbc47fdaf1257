// When a catalogue is asked for: as the app starts or comes back, and when the server has refused what the app thought it sells.
import type { VideoEngineEvent } from "../engine/engine-event.ts";
import type { VideoErrorCode, VideoErrorData } from "../errors.ts";
import type { Lifecycle } from "../platform-ports.ts";
import type { ServedCatalogue } from "./create-served-catalogue.ts";

/** The refusals that a newer catalogue explains. */
const OUTDATED: ReadonlySet<VideoErrorCode | undefined> = new Set<VideoErrorCode>([
  "model-retired",
  "price-changed",
  "unknown-model",
]);

/** Keeps a catalogue fresh for one engine. Does nothing without one. */
export interface KeptFresh {
  /** Loads it, and again whenever the app comes back. */
  start(): void;
  /** Looks at an event of the engine, or at how a generation has failed. */
  hear(event: VideoEngineEvent | Failed): void;
  stop(): void;
}

interface Failed {
  readonly error: Pick<VideoErrorData, "code">;
}

/** Asks for a catalogue when it may be out of date. `lifecycle`: when the app comes back. */
export function keepFresh(catalogue: ServedCatalogue | undefined, lifecycle: Lifecycle | undefined): KeptFresh {
  let leave: (() => void) | undefined;
  let isStopped = false;
  const load = (): void => {
    if (lifecycle?.getPause() === undefined) void catalogue?.load();
  };
  return {
    start() {
      if (isStopped || catalogue === undefined) return;
      leave ??= lifecycle?.subscribe(load);
      load();
    },
    hear(event) {
      const code = "error" in event ? event.error?.code : undefined;
      if (!isStopped && OUTDATED.has(code)) void catalogue?.refresh();
    },
    stop() {
      isStopped = true;
      leave?.();
    },
  };
}
