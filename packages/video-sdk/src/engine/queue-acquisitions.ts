// Lets a few requests for slots out at a time, so that a burst of taps does not race for the last one. Changes nothing else.
import { videoErrorData } from "../errors.ts";
import type { VideoLedger } from "../ports.ts";
import { createGate } from "../gate.ts";

/**
 * How many are out at a time. They change the same books, and Convex runs a mutation that collides with another again, four times: of five at once
 * the last one gets through. What still fails can be repeated under a key, and not without one.
 */
const AT_A_TIME = 4;
const AT_A_TIME_UNDER_KEYS = 8;

/** A call that waits for its turn. One that was left before its turn is not sent: another driver may act for its generation by then. */
type Queued<Call extends (input: never) => unknown> = (
  input: Parameters<Call>[0],
  isLeft?: () => boolean,
) => ReturnType<Call>;

/** A ledger whose slots and credits are requested a few at a time. */
export interface AcquisitionQueue extends VideoLedger {
  readonly acquireSlot: Queued<VideoLedger["acquireSlot"]>;
  readonly reserveCredits: Queued<VideoLedger["reserveCredits"]>;
}

/** The same ledger, with a few requests for slots at a time. Credits that are requested beside a slot go at its pace. */
export function queueAcquisitions(ledger: VideoLedger): AcquisitionQueue {
  const most = ledger.guarantee === "exactly-once" ? AT_A_TIME_UNDER_KEYS : AT_A_TIME;
  const [forSlot, forCredits] = [createGate(most), createGate(most)];
  return {
    ...ledger,
    acquireSlot: (input, isLeft) => forSlot(async () => (isLeft?.() ? LEFT : await ledger.acquireSlot(input))),
    reserveCredits: (input, isLeft) => forCredits(async () => (isLeft?.() ? LEFT : await ledger.reserveCredits(input))),
  };
}

const LEFT = { ok: false, certainty: "not-done", error: videoErrorData("disposed") } as const;
