// Marks as failed what cannot be continued: loading rows that name no job, and are so old that no client can be driving them. On request only.
import { VideoError, VIDEO_ERRORS } from "../errors.ts";
import type { JoblessRow, VideoLedger } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import type { JoblessRowReport } from "./engine-event.ts";

/**
 * Milliseconds: the longest hard limit of the default polling policy. A row that is younger may still be driven by another client, of
 * whatever version.
 */
export const LEAST_JOBLESS_AGE_MS = 60 * 60_000;

/** What the marking needs. */
export interface FailJoblessRowsOptions {
  readonly ledger: Pick<VideoLedger, "readJoblessRows" | "updateRow" | "closeSlot">;
  readonly clock: Clock;
  /** The rows of this device's own generations, which are left alone. */
  readonly known: ReadonlySet<string | undefined>;
  readonly olderThanMs: number;
  isDisposed(): boolean;
  onEvent(report: JoblessRowReport): void;
}

/** Throws `not-configured` for an age under the hard limit, for none, and where rows are not adopted. */
export function checkJoblessAge(olderThanMs: number | undefined, isAdopting: boolean): void {
  if (olderThanMs === undefined) return;
  const isOld = Number.isFinite(olderThanMs) && olderThanMs >= LEAST_JOBLESS_AGE_MS;
  if (isOld && isAdopting) return;
  const fix = isOld
    ? "It needs `adopt: true`, because rows that can be continued are adopted first."
    : `Pass at least ${LEAST_JOBLESS_AGE_MS}, the hard limit: a younger row may still be driven by another client.`;
  const message = `resume: \`failRowsOlderThanMs\` is ${olderThanMs}. ${fix}`;
  throw new VideoError("not-configured", { message, details: { olderThanMs, least: LEAST_JOBLESS_AGE_MS } });
}

/**
 * Marks each row and closes its slot: both are set, and may be set twice. Its credits are left alone, because nothing here proves them
 * reserved. What fails is tried again by the next call, which finds the row loading still.
 */
export async function failJoblessRows(options: FailJoblessRowsOptions): Promise<void> {
  const { ledger, clock, known, olderThanMs, isDisposed, onEvent } = options;
  const rows = await ledger.readJoblessRows?.();
  if (rows?.ok !== true) return;
  for (const row of rows.value) {
    const ageMs = ageOf(row, clock.now());
    if (isDisposed() || known.has(row.rowId) || !(ageMs >= olderThanMs)) continue;
    onEvent({ type: "jobless-row-failed", rowId: row.rowId, ageMs, error: await failRow(ledger, row) });
  }
}

/**
 * By the clock that makes it younger: a device's clock that is ahead makes no row old, nor does a time in the future that another client or a
 * server has written.
 */
function ageOf({ createdAt, leastAgeMs }: JoblessRow, now: number): number {
  return Math.min(leastAgeMs, now - createdAt);
}

async function failRow(
  ledger: FailJoblessRowsOptions["ledger"],
  { rowId, sessionId, slotId, createdAt: completedAt }: JoblessRow,
): Promise<JoblessRowReport["error"]> {
  const { message } = VIDEO_ERRORS["timed-out"];
  // Never deleted: another client that comes back may still save its video there. The same arguments from every device, as a key demands.
  const change = { kind: "failed", message, completedAt } as const;
  const marked = await ledger.updateRow({ key: `jobless-${rowId}:row-mark`, rowId, sessionId, change });
  const result = { status: "failed", error: message } as const;
  const key = `jobless-${rowId}:slot-close`;
  const closed = slotId === undefined ? undefined : await ledger.closeSlot({ key, slotId, result });
  if (!marked.ok) return marked.error;
  return closed?.ok === false ? closed.error : undefined;
}
