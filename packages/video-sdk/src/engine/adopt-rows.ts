// Takes over the loading rows of the grid that have no record here: begun on another device, or before the storage was lost.
import { adopt } from "../core/adopt.ts";
import { resume } from "../core/resume.ts";
import { snapshotOf } from "../core/snapshot.ts";
import type { Rules } from "../core/transition-result.ts";
import type { GenerationLocks, VideoPlatform } from "../platform-ports.ts";
import type { FoundRow, VideoLedger } from "../ports.ts";
import type { GenerationPool } from "./generation-pool.ts";
import type { Journal } from "./journal.ts";
import { takeLock } from "./take-lock.ts";

/** What adopting needs. */
interface AdoptOptions {
  readonly ledger: Pick<VideoLedger, "guarantee" | "numbersCalls" | "readLoadingRows">;
  readonly journal: Journal;
  readonly persistence: { readonly locks: GenerationLocks };
  readonly pool: GenerationPool;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
  readonly rules: Rules;
  isDisposed(): boolean;
}

/** Adopts loading rows that have no record here. Returns the ids; none where rows cannot be read. */
export async function adoptRows(options: AdoptOptions, onLost: (id: string) => void): Promise<readonly string[]> {
  const { ledger, isDisposed } = options;
  if (ledger.readLoadingRows === undefined) return [];
  // Before and after: a generation may end, and one may begin, while the rows are read.
  const before = await findKnownRows(options);
  const rows = before === undefined || isDisposed() ? undefined : await ledger.readLoadingRows();
  const after = rows?.ok === true && !isDisposed() ? await findKnownRows(options) : undefined;
  if (before === undefined || rows?.ok !== true || after === undefined) return [];
  const adopted: string[] = [];
  for (const row of rows.value) {
    if (!before.has(row.rowId) && !after.has(row.rowId)) adopted.push(...(await adoptRow(options, row, onLost)));
  }
  return adopted;
}

/**
 * The rows that have a record of any tab. Undefined while a record of a newer version exists: its row cannot be told from one without a
 * record.
 */
export async function findKnownRows({
  journal,
  pool,
}: AdoptOptions): Promise<ReadonlySet<string | undefined> | undefined> {
  const known = new Set(pool.list().map(({ rowId }) => rowId));
  for (const id of (await journal.ids()) ?? []) {
    const record = await journal.read(id);
    if (record.kind === "newer") return undefined;
    if (record.kind === "state") known.add(snapshotOf(record.state).rowId);
  }
  return known;
}

async function adoptRow(
  { ledger, persistence, pool, platform, rules, isDisposed }: AdoptOptions,
  row: FoundRow,
  onLost: (id: string) => void,
): Promise<readonly string[]> {
  // Its calls have no numbers: what it does not set is not sent twice.
  const state = adopt(row, ledger.numbersCalls === true ? "at-most-once" : ledger.guarantee);
  if (state === undefined || pool.isRunning(state.plan.id)) return [];
  const { id } = state.plan;
  const lock = await takeLock({ locks: persistence.locks, clock: platform.clock }, id, () => onLost(id));
  if (lock.kind !== "held") return [];
  if (isDisposed()) {
    lock.release();
    return [];
  }
  const first = resume(state, { at: platform.clock.now(), random: platform.random() }, rules);
  pool.run(first, { locked: Promise.resolve(lock.release) });
  return [id];
}
