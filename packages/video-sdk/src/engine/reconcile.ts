// Reads the balance to resolve holds in doubt, when that can give an answer: nothing runs here, and no call is still on its way.
// core/reconcile.ts interprets the answer; the machine acts on it.
import { QUIET_MS, reconcile, type Doubt, type DoubtFinding } from "../core/reconcile.ts";
import { isUnresolved, type GenerationSnapshot } from "../core/snapshot.ts";
import type { UndecidedReason } from "./engine-event.ts";
import type { VideoLedger } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import type { GenerationPool } from "./generation-pool.ts";
import type { LockResult } from "./take-lock.ts";

/** Options of `createReconcile`. */
export interface ReconcileOptions {
  readonly ledger: Pick<VideoLedger, "readReserved">;
  readonly clock: Clock;
  /** Takes the lock of a generation. Left out: no other process can drive it. */
  readonly lock?: ((id: string) => Promise<LockResult>) | undefined;
  readonly pool: Pick<GenerationPool, "list" | "tell">;
  /** The ids that have a record of any tab; undefined when the storage failed. Left out: there is no storage. */
  readonly recorded?: (() => Promise<readonly string[] | undefined>) | undefined;
  isDisposed(): boolean;
  /** Called when there are holds in doubt that cannot be resolved now. */
  onUndecided(reason: UndecidedReason, doubts: number): void;
}

/** Reads holds in doubt back from the balance. */
export interface Reconcile {
  /** Resolves with the ids it resolved; none while it is too early or the sum allows several answers. */
  run(): Promise<readonly string[]>;
  /** Stops the timers. */
  stop(): void;
}

/** Starts no timer before the first doubt is seen. */
export function createReconcile(options: ReconcileOptions): Reconcile {
  const { ledger, clock, lock, pool, recorded, onUndecided, isDisposed } = options;
  const list = (): readonly GenerationSnapshot[] => pool.list();
  const quiet = createQuietPeriods(clock);

  // Any other record may hold credits too: another tab runs it, or no tab has resumed it yet. Undefined: there is nothing else.
  const othersBeside = async (doubts: readonly Doubt[]): Promise<UndecidedReason | undefined> => {
    const isIdle = list().every(({ settlement, status }) => status !== "running" && settlement !== "held");
    if (!isIdle) return "not-idle";
    if (recorded === undefined) return undefined;
    // A record may also exist for a slot or a row only.
    const settled = new Set(list().flatMap((ended) => (isUnresolved(ended) ? [] : ended.id)));
    const ids = new Set((await recorded())?.filter((id) => !settled.has(id)));
    return ids.size === doubts.length && doubts.every(({ id }) => ids.has(id)) ? undefined : "other-records";
  };

  const findingsOn = async (doubts: readonly Doubt[]): Promise<readonly DoubtFinding[] | UndecidedReason> => {
    const before = await othersBeside(doubts);
    if (before !== undefined) return before;
    const reserved = await ledger.readReserved?.();
    if (reserved?.ok !== true) return "balance-unread";
    // Checked again: a generation started meanwhile may be in the sum.
    return (await othersBeside(doubts)) ?? reconcile(doubts, reserved.value) ?? "ambiguous";
  };

  const run = async (): Promise<readonly string[]> => {
    const doubts: readonly Doubt[] = list().filter(
      ({ status, settlement }) => status !== "running" && settlement === "unknown",
    );
    if (doubts.length === 0) return [];
    const undecided = (reason: UndecidedReason): readonly string[] => {
      onUndecided(reason, doubts.length);
      return [];
    };
    if (ledger.readReserved === undefined) return undecided("no-balance");
    for (const { id } of doubts) quiet.begin(id);
    if (!doubts.every(({ id }) => quiet.isOver(id))) return undecided("too-early");
    const releases = await takeAllLocks(doubts, lock);
    if (releases === undefined) return undecided("locked");
    try {
      const findings = await findingsOn(doubts);
      if (isDisposed()) return [];
      if (typeof findings === "string") return undecided(findings);
      // Settled again, it may be in doubt again: another call may still land, so the quiet period restarts.
      for (const { id } of findings) quiet.end(id);
      await Promise.all(findings.map(({ id, isHeld }) => pool.tell(id, isHeld)));
      // A job that is still watched does not take the finding yet.
      const open = new Set(list().flatMap(({ id, settlement }) => (settlement === "unknown" ? id : [])));
      return findings.flatMap(({ id }) => (open.has(id) ? [] : id));
    } finally {
      for (const release of releases) release();
    }
  };

  return { run, stop: quiet.stop };
}

/** Quiet periods by id, measured by timers: a wall clock may be set while a call in doubt is still on its way. */
function createQuietPeriods(clock: Clock) {
  const timers = new Map<string, unknown>();
  const over = new Set<string>();
  return {
    begin(id: string): void {
      if (!timers.has(id))
        timers.set(
          id,
          clock.setTimeout(() => void over.add(id), QUIET_MS),
        );
    },
    isOver: (id: string): boolean => over.has(id),
    end(id: string): void {
      clock.clearTimeout(timers.get(id));
      timers.delete(id);
      over.delete(id);
    },
    stop: (): void => timers.forEach((timer) => clock.clearTimeout(timer)),
  };
}

/** All locks or none: another tab that drives one of them may be moving credits. */
async function takeAllLocks(
  doubts: readonly Doubt[],
  takeLock: ReconcileOptions["lock"],
): Promise<readonly (() => void)[] | undefined> {
  const releases: (() => void)[] = [];
  for (const { id } of takeLock === undefined ? [] : doubts) {
    const lock = await takeLock?.(id);
    if (lock?.kind !== "held") {
      for (const release of releases) release();
      return undefined;
    }
    releases.push(lock.release);
  }
  return releases;
}
