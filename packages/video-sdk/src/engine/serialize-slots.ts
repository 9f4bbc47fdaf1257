// Asks for slots one after the other, so that a burst of taps does not race for the last one. Changes nothing else.
import type { VideoLedger } from "../ports.ts";

/** The same ledger, with one slot request at a time. */
export function serializeSlots(ledger: VideoLedger): VideoLedger {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...ledger,
    acquireSlot(input) {
      const next = last.then(() => ledger.acquireSlot(input));
      last = next.catch(() => undefined);
      return next;
    },
  };
}
