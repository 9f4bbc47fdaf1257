// The calls of one generation that are in flight: sends effects, passes on their answers, and aborts what can be aborted. Decides nothing.
import type { OutsideEffect } from "../core/effect.ts";
import type { EventPayload } from "../core/event.ts";
import { videoErrorData } from "../errors.ts";
import { failureOf, type PerformEffect } from "./perform-effect.ts";

/** Sends effects and receives their answers. */
export interface InFlightCalls {
  send(effects: readonly OutsideEffect[]): void;
  /** Whether the paid call was sent and is not answered yet. */
  isSubmitOut(): boolean;
  /** The same of a capture or a release. */
  isMoneyOut(): boolean;
  /** Whether none is unanswered. */
  isIdle(): boolean;
  /** Reports effects as not performed, because the storage would have no record of them. */
  refuse(effects: readonly OutsideEffect[]): void;
  /** Aborts open questions and uploads. Later ones may be sent. */
  callOff(): void;
  /** The same for good: nothing is sent and no answer is received any more. */
  end(): void;
}

/** No calls yet. `hear` is called with each answer, and with upload progress. */
export function createInFlightCalls(perform: PerformEffect, hear: (payload: EventPayload) => void): InFlightCalls {
  let open = new AbortController();
  let isEnded = false;
  const out = new Set<OutsideEffect>();
  const isOut = (wanted: OutsideEffect["type"]): boolean => [...out].some(({ type }) => type === wanted);
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
      for (const effect of effects) {
        out.add(effect);
        void perform(effect, { signal: open.signal, onProgress: tell }).then((answer) => {
          out.delete(effect);
          tell(answer);
        });
      }
    },
    isSubmitOut: () => isOut("submit-job"),
    isMoneyOut: () => isOut("capture-credits") || isOut("release-credits"),
    isIdle: () => out.size === 0,
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
