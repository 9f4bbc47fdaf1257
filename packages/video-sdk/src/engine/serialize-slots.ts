// Asks for slots one after the other, so that a burst of taps does not race for the last one. Changes nothing else.
import { videoErrorData } from "../errors.ts";
import type { VideoLedger } from "../ports.ts";

/** The same ledger, with one slot request at a time. Those that still wait their turn when the engine is disposed of are not sent. */
export function serializeSlots(ledger: VideoLedger, isDisposed: () => boolean): VideoLedger {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...ledger,
    acquireSlot(input) {
      const next = last.then(() =>
        isDisposed()
          ? ({ isDone: false, certainty: "not-done", error: videoErrorData("disposed") } as const)
          : ledger.acquireSlot(input),
      );
      last = next.catch(() => undefined);
      return next;
    },
  };
}
