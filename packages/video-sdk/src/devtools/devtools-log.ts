// The last events of an engine, for the panel. In memory only.
import type { VideoEngineEvent } from "../engine/engine-event.ts";
import { createObservable } from "../observable.ts";
import { systemClock } from "../platform/system.ts";
import type { Clock } from "../platform-ports.ts";

/** An event and when it came. */
export interface LoggedEvent {
  /** Increases by one with each event of the log. */
  readonly number: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly event: VideoEngineEvent;
}

/** What the panel reads: the `useSyncExternalStore` contract. Every method works unbound. */
export interface DevtoolsLog {
  /** The engine's `onEvent`, or called in it. */
  record(event: VideoEngineEvent): void;
  /** The newest first. The same array until something in it changes. */
  getSnapshot(): readonly LoggedEvent[];
  /** Called without arguments after each change. Returns an unsubscribe function. */
  subscribe(listener: () => void): () => void;
  /** Drops all of them. */
  clear(): void;
}

/** Options of {@link createDevtoolsLog}. */
export interface DevtoolsLogOptions {
  /** How many events are kept: the newest. Default 500, some ten generations. */
  readonly limit?: number | undefined;
  /** Default: the runtime's. */
  readonly clock?: Pick<Clock, "now"> | undefined;
}

/**
 * A log for {@link VideoDevtoolsPanel}. Phases and their times are shown of what was recorded here.
 *
 * @example
 * const log = createDevtoolsLog();
 * const engine = createVideoEngine({ convex, http, onEvent: log.record });
 */
export function createDevtoolsLog({ limit = 500, clock = systemClock }: DevtoolsLogOptions = {}): DevtoolsLog {
  const events = createObservable<readonly LoggedEvent[]>([]);
  let count = 0;
  return {
    record(event) {
      count += 1;
      const at = "at" in event ? event.at : clock.now();
      events.set([{ number: count, at, event }, ...events.get()].slice(0, limit));
    },
    getSnapshot: events.get,
    subscribe: events.subscribe,
    clear: () => events.set([]),
  };
}
