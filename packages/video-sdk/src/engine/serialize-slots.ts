// Requests slots one at a time, so that a burst of taps does not race for the last one. Changes nothing else.
import { videoErrorData } from "../errors.ts";
import type { VideoLedger } from "../ports.ts";

/** A ledger with a queue for its slot requests. */
export interface SlotQueue extends VideoLedger {
  /** As the ledger's. A request that was left before its turn is not sent: another driver may act for its generation by then. */
  acquireSlot(
    input: Parameters<VideoLedger["acquireSlot"]>[0],
    isLeft?: () => boolean,
  ): ReturnType<VideoLedger["acquireSlot"]>;
}

/** The same ledger, with one slot request at a time. */
export function serializeSlots(ledger: VideoLedger): SlotQueue {
  let last: Promise<unknown> = Promise.resolve();
  return {
    ...ledger,
    acquireSlot(input, isLeft = () => false) {
      const next = last.then(() =>
        isLeft()
          ? ({ ok: false, certainty: "not-done", error: videoErrorData("disposed") } as const)
          : ledger.acquireSlot(input),
      );
      last = next.catch(() => undefined);
      return next;
    },
  };
}
