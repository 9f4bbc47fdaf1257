// The same user on another device: takes a slot and credits there, and settles them some time later. Its calls meet no faults. Uses no engine.
import type { FakeLedger } from "../fake-ledger.ts";
import type { Clock } from "../../platform-ports.ts";

/** One use of the user's credits on another device. `atMs` is in milliseconds since the world began. */
export interface OtherDeviceUse {
  readonly atMs: number;
  readonly heldMs: number;
  /** Whole credits. */
  readonly credits: number;
  readonly end: "capture" | "release";
}

/** Schedules these uses on the clock. */
export function useOtherDevice(uses: readonly OtherDeviceUse[], ledger: FakeLedger, clock: Clock): void {
  for (const [nth, use] of uses.entries()) clock.setTimeout(() => void take(use, nth, { ledger, clock }), use.atMs);
}

async function take(
  { credits, heldMs, end }: OtherDeviceUse,
  nth: number,
  { ledger, clock }: { ledger: FakeLedger; clock: Clock },
): Promise<void> {
  const keyOf = (operation: string): { key: string } => ({ key: `other-device-${nth}:${operation}` });
  const slot = await ledger.acquireSlot({ ...keyOf("slot"), prompt: "other device" });
  if (!slot.ok) return;
  const close = (): void => {
    const result = { status: "failed", error: "other device" } as const;
    void ledger.closeSlot({ ...keyOf("slot-close"), slotId: slot.value, result });
  };
  const reserved = await ledger.reserveCredits({ ...keyOf("reserve"), credits });
  if (!reserved.ok) return close();
  clock.setTimeout(() => {
    const settle = end === "capture" ? ledger.captureCredits : ledger.releaseCredits;
    void settle({ ...keyOf("settle"), credits });
    close();
  }, heldMs);
}
