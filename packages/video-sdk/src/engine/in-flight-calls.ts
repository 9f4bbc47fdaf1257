// The calls that one generation has out: sends effects, hears what became of them, and calls off what can be. Decides nothing.
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { videoErrorData } from "../errors.ts";
import { failureOf, type PerformEffect } from "./perform-effect.ts";

/** The way out and back. */
export interface InFlightCalls {
  send(effects: readonly OutsideEffect[]): void;
  /** Says of effects that they were not performed, because the storage would not know of them. */
  refuse(effects: readonly OutsideEffect[]): void;
  /** Ends open questions and uploads. Later ones may be sent. */
  callOff(): void;
  /** The same, and nothing is sent or heard any more. */
  end(): void;
}

/** No calls yet. `hear` is told what became of each, and how far an upload is. */
export function createInFlightCalls(perform: PerformEffect, hear: (payload: EventPayload) => void): InFlightCalls {
  let open = new AbortController();
  let isEnded = false;
  const tell = (payload: EventPayload): void => {
    if (!isEnded) hear(payload);
  };
  const callOff = (): void => {
    open.abort();
    open = new AbortController();
  };
  return {
    send(effects) {
      if (isEnded) return;
      for (const effect of effects) void perform(effect, { signal: open.signal, onProgress: tell }).then(tell);
    },
    refuse(effects) {
      const failure = { certainty: "not-done", error: videoErrorData("storage-failed") } as const;
      for (const effect of effects) tell(failureOf(effect, failure));
    },
    callOff,
    end() {
      isEnded = true;
      open.abort();
    },
  };
}
