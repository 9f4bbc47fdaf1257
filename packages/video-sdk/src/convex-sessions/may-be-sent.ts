// For how long a call may be repeated under its number. Pure.
import type { NumberedCall } from "../ports.ts";

/** Milliseconds. Half of the 14 days for which Convex keeps what a call returned: the rest is for clocks that are wrong. */
const REPEATED_FOR_MS = 7 * 24 * 60 * 60_000;

/**
 * Whether a call may be sent now. The first time always; again only while the deployment certainly still has what it returned. A clock that stands
 * before the first time proves nothing.
 */
export function mayBeSent({ isFirst, firstAt }: NumberedCall, { sent, now }: { sent: number; now: number }): boolean {
  if (isFirst && sent === 0) return true;
  return now >= firstAt && now - firstAt <= REPEATED_FOR_MS;
}
