// Takes over loading rows that no record here knows: from another device, or from before the storage was lost.
// What such a row means is core/adopt.ts.
import { adopt } from "../core/adopt.ts";
import { resume } from "../core/resume.ts";
import { snapshotOf } from "../core/snapshot.ts";
import type { FoundRow, VideoLedger } from "../ports.ts";
import type { Journal } from "./journal.ts";
import { takeLock, type TakeUpOptions } from "./take-up.ts";

/** What it needs. */
export interface AdoptOptions extends Pick<TakeUpOptions, "locks" | "platform" | "rules" | "isDisposed"> {
  readonly ledger: Pick<VideoLedger, "guarantee" | "readLoadingRows">;
  readonly journal: Pick<Journal, "ids" | "read">;
  readonly pool: TakeUpOptions["pool"] & {
    readonly list: { get(): readonly { readonly rowId: string | undefined }[] };
  };
  /** Hears of a generation whose lock has ended without being let go. */
  onLost(id: string): void;
}

/** The way to take over what is found. Gives back the ids; none where rows cannot be read. */
export function createAdoptRows(options: AdoptOptions): () => Promise<readonly string[]> {
  const { ledger, journal, locks, pool, platform, rules, onLost, isDisposed } = options;

  // Another tab's generations have records here too; a row of theirs is not nobody's.
  const knownRows = async (): Promise<ReadonlySet<string | undefined>> => {
    const known = new Set(pool.list.get().map(({ rowId }) => rowId));
    for (const id of (await journal.ids()) ?? []) {
      const state = await journal.read(id);
      if (state !== undefined) known.add(snapshotOf(state).rowId);
    }
    return known;
  };

  const takeOver = async (row: FoundRow): Promise<readonly string[]> => {
    const state = adopt(row, ledger.guarantee);
    if (state === undefined || pool.isRunning(state.plan.id)) return [];
    const release = await takeLock(locks, state.plan.id, () => onLost(state.plan.id));
    if (release === undefined) return [];
    if (isDisposed()) {
      release();
      return [];
    }
    const first = resume(state, { at: platform.clock.now(), random: platform.random() }, rules);
    pool.run(first, { signal: undefined, locked: Promise.resolve(release) });
    return [state.plan.id];
  };

  return async () => {
    const rows = await ledger.readLoadingRows?.();
    if (rows?.ok !== true || isDisposed()) return [];
    const known = await knownRows();
    const taken: string[] = [];
    for (const row of rows.value) if (!known.has(row.rowId)) taken.push(...(await takeOver(row)));
    return taken;
  };
}
