// Brings generations into an engine: records that a closed app or another tab left, and loading rows without a record.
// core/resume.ts interprets a stored state; core/adopt.ts interprets a row.
import { backoffMs } from "../core/backoff.ts";
import { isUnfinished, resume } from "../core/resume.ts";
import type { GenerationState } from "../core/state.ts";
import type { Rules } from "../core/transition-result.ts";
import type { GenerationLocks, KeyValueStorage, Lifecycle, TabChannel, VideoPlatform } from "../platform-ports.ts";
import type { VideoLedger } from "../ports.ts";
import { adoptRows, findKnownRows } from "./adopt-rows.ts";
import type { JoblessRowReport } from "./engine-event.ts";
import { checkJoblessAge, failJoblessRows } from "./fail-jobless-rows.ts";
import { createForget, type ForgetOptions, type Forgotten } from "./forget.ts";
import type { GenerationPool } from "./generation-pool.ts";
import { createHandOver } from "./hand-over.ts";
import type { Journal, JournalOptions } from "./journal.ts";
import { asKeptBy } from "./numbered-calls.ts";
import { LOCK_TRIES, takeLock } from "./take-lock.ts";

/** Where generations are stored, so that the next start of the app can resume them. */
export interface Persistence extends JournalOptions {
  readonly storage: KeyValueStorage;
  readonly locks: GenerationLocks;
  /** Messages between the tabs that share the storage. */
  readonly tabChannel?: TabChannel | undefined;
}

/** Options of `resume()`. */
export interface ResumeOptions {
  /**
   * Also adopts loading rows of the grid that know their job but have no record here: they were started on another device, or before the
   * storage was lost. Their video is delivered; their credits are settled by `reconcile()` only, where the balance can be read.
   * Default false.
   */
  readonly adopt?: boolean | undefined;
  /**
   * With `adopt`: also marks as failed the loading rows of the newest 20 sessions that name no job, so that they cannot be continued, and closes
   * their slots, where they are older than this by the backend's clock and by the device's. In milliseconds, at least 3,600,000: a younger one
   * may be driven by another client. A device that sleeps may come back later still, so a day is a good value; its video then takes the
   * place of the error. Credits are left as they are. Default: no row is marked.
   */
  readonly failRowsOlderThanMs?: number | undefined;
}

/** Options of recovery. */
export interface RecoveryOptions {
  readonly ledger: Pick<
    VideoLedger,
    "guarantee" | "numbersCalls" | "readLoadingRows" | "readJoblessRows" | "updateRow" | "closeSlot"
  >;
  readonly journal: Journal;
  readonly persistence: Pick<Persistence, "locks" | "tabChannel">;
  readonly pool: GenerationPool;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
  readonly rules: Rules;
  readonly lifecycle?: Lifecycle | undefined;
  isDisposed(): boolean;
  onEvent(report: JoblessRowReport): void;
}

/** Resumes what closed apps and other tabs left. */
export interface Recovery {
  /** Resumes every stored generation that can be, and from now on what other tabs leave. Returns the ids of all it found. Rejects with `not-configured`. */
  resumeAll(options: ResumeOptions): Promise<readonly string[]>;
  /** Stops running a generation whose lock was lost, and resumes it when its new holder stops early. */
  lockLost(id: string): void;
  /** Asks the tab that runs a generation to cancel it. */
  cancelElsewhere(id: string): void;
  /** Erases what is stored. Rejects with `storage-failed`. */
  forget(options: ForgetOptions): Promise<Forgotten>;
  /** Stops listening and waiting. */
  stop(): void;
}

/** How many records are read at the same time: a lock and a read each, which a slow storage would otherwise do one after the other. */
const AT_ONCE = 16;

/** Recovery over a journal. Reads nothing and listens to nothing before `resumeAll`. */
export function createRecovery(options: RecoveryOptions): Recovery {
  const { journal, isDisposed } = options;
  const stored = createStoredGenerations(options);
  let stopListening: (() => void) | undefined;

  return {
    async resumeAll({ adopt: isAdopting = false, failRowsOlderThanMs: olderThanMs }) {
      checkJoblessAge(olderThanMs, isAdopting);
      stopListening ??= stored.listen();
      const ids = (await journal.ids()) ?? [];
      const left = ids.values();
      const resumeOthers = async (): Promise<void> => {
        for (const id of left) if (!isDisposed()) await stored.resume(id);
      };
      await Promise.all(Array.from({ length: AT_ONCE }, resumeOthers));
      if (!isAdopting) return ids;
      const adopted = await adoptRows(options, stored.lockLost);
      const known = olderThanMs === undefined || isDisposed() ? undefined : await findKnownRows(options);
      if (olderThanMs !== undefined && known !== undefined)
        await failJoblessRows({ ...options, clock: options.platform.clock, known, olderThanMs });
      return [...ids, ...adopted];
    },
    lockLost: stored.lockLost,
    cancelElsewhere: stored.cancelElsewhere,
    forget: createForget({
      journal,
      locks: options.persistence.locks,
      clock: options.platform.clock,
      pool: options.pool,
    }),
    stop() {
      stopListening?.();
      stored.stop();
    },
  };
}

interface StoredGenerations {
  /**
   * Resumes a generation that is not running here. If another tab runs it, waits, and resumes it when that tab stops early. Two calls for
   * the same one at the same time are one.
   */
  resume(id: string): Promise<void>;
  lockLost(id: string): void;
  cancelElsewhere(id: string): void;
  /** Listens to other tabs. Returns a function that stops. */
  listen(): () => void;
  stop(): void;
}

/** How long another tab has to take a generation that was handed over, before this one goes on with it. */
const HAND_OVER_MS = 10_000;
const LOCK_BACKOFF = { firstMs: 1_000, maxMs: 8_000 };

function createStoredGenerations(options: RecoveryOptions): StoredGenerations {
  const { pool, platform, lifecycle, isDisposed } = options;
  const { locks, tabChannel } = options.persistence;
  const failures = new Map<string, number>();
  const underWay = new Map<string, Promise<void>>();
  const waiting = new Map<string, () => void>();

  const waitForOther = (id: string): void => {
    handOver?.ask(id);
    if (isDisposed() || waiting.has(id) || locks.whenFree === undefined) return;
    let isFree = false;
    const onFree = (): void => {
      isFree = true;
      waiting.delete(id);
      // Does not join the attempt that was just refused, because that may not have ended yet.
      void (underWay.get(id) ?? Promise.resolve()).then(() => resumeOnce(id));
    };
    const stopWaiting = locks.whenFree(id, onFree);
    if (!isFree) waiting.set(id, stopWaiting);
  };

  // Failing locks are asked again without blocking: another generation's lock may work meanwhile.
  const tryAgain = (id: string): void => {
    const tries = (failures.get(id) ?? 0) + 1;
    failures.set(id, tries);
    if (isDisposed() || (tries >= LOCK_TRIES && !pool.isLost(id))) return void failures.delete(id);
    resumeIn(id, backoffMs(LOCK_BACKOFF, { attempt: tries, random: platform.random() }));
  };

  const resumeIn = (id: string, waitMs: number): void => {
    const timer = platform.clock.setTimeout(() => {
      waiting.delete(id);
      void resumeOnce(id);
    }, waitMs);
    waiting.set(id, () => platform.clock.clearTimeout(timer));
  };

  const resumeLocked = async (id: string): Promise<void> => {
    if (pool.isRunning(id)) return;
    const lock = await takeLock({ locks, clock: platform.clock }, id, () => lockLost(id));
    if (lock.kind === "failed") return tryAgain(id);
    failures.delete(id);
    if (lock.kind === "taken") return waitForOther(id);
    handOver?.stopAsking(id);
    const isRunning = await resumeFromRecord(options, id, lock.release);
    if (isRunning) handOver?.began(id);
    else lock.release();
    // One that ran here is not given up because the storage fails now.
    if (isRunning === undefined && pool.isLost(id) && !isDisposed()) resumeIn(id, HAND_OVER_MS);
  };

  const resumeOnce = (id: string): Promise<void> => {
    const attempt = underWay.get(id) ?? resumeLocked(id).finally(() => underWay.delete(id));
    underWay.set(id, attempt);
    return attempt;
  };

  const lockLost = (id: string): void => {
    // Not before the last write has ended: only then may another holder read the record.
    void pool.letGo(id).then(() => (isDisposed() ? undefined : resumeOnce(id)));
  };

  const letGo = async (id: string): Promise<void> => {
    await pool.letGo(id);
    if (isDisposed()) return;
    tabChannel?.post(id);
    resumeIn(id, HAND_OVER_MS);
  };

  const handOver =
    tabChannel &&
    createHandOver({
      tabChannel,
      lifecycle,
      clock: platform.clock,
      pool,
      onLeft: (id) => void (isDisposed() ? undefined : resumeOnce(id)),
      onWanted: (id) => void letGo(id),
    });

  return {
    resume: resumeOnce,
    lockLost,
    cancelElsewhere: (id) => handOver?.cancelElsewhere(id),
    listen: () => handOver?.listen() ?? (() => undefined),
    stop() {
      for (const stopWaiting of waiting.values()) stopWaiting();
      waiting.clear();
    },
  };
}

/** Runs a generation from its record, under a lock that is held. False when there is nothing to run; undefined when the storage failed. */
async function resumeFromRecord(
  options: RecoveryOptions,
  id: string,
  release: () => void,
): Promise<boolean | undefined> {
  const { journal, pool, platform, rules, isDisposed } = options;
  const stored = await lastStateOf(options, id);
  if (stored === "failed") return undefined;
  if (stored === undefined || isDisposed()) return false;
  if (!isUnfinished(stored)) {
    // The storage failed to remove it when it ended.
    await journal.record(stored);
    return false;
  }
  const kept = asKeptBy(options.ledger, stored);
  const first = resume(kept, { at: platform.clock.now(), random: platform.random() }, rules);
  const isNothingNew = first[0] === kept && first[1].length === 0 && pool.get(id) !== undefined;
  if (isNothingNew) return false;
  pool.run(first, { resumedFrom: stored, locked: Promise.resolve(release) });
  return true;
}

/** A generation that this engine knows to have ended does not restart from an older record. */
async function lastStateOf(
  { journal, pool }: RecoveryOptions,
  id: string,
): Promise<GenerationState | "failed" | undefined> {
  const unstored = pool.unstored(id);
  if (unstored !== undefined) return unstored;
  const record = await journal.read(id);
  if (record.kind === "failed") return "failed";
  return record.kind === "state" ? record.state : undefined;
}
