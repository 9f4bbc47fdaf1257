// Erases what is stored of a user's generations, at a sign-out. What still holds credits stays until it is settled, or is given up by force.
import { isUnresolved, snapshotOf, type GenerationSnapshot } from "../core/snapshot.ts";
import { VideoError } from "../errors.ts";
import type { GenerationPool } from "./generation-pool.ts";
import type { Journal } from "./journal.ts";
import { takeLock, type LockSource } from "./take-lock.ts";

/** Options of `forget()`. */
export interface ForgetOptions {
  /** Erases also what holds credits, or may: nothing settles them then. Default false. */
  readonly force?: boolean | undefined;
}

/** A stored generation that was kept, or given up. */
export interface ForgottenGeneration {
  readonly id: string;
  /**
   * `holds-credits`: it runs, or has ended with its credits held or in doubt. `elsewhere`: another tab runs it and would store it again, or
   * its lock cannot be taken. `unreadable`: this version cannot read it, so it may hold credits.
   */
  readonly reason: "holds-credits" | "elsewhere" | "unreadable";
  /** Its last state. Undefined where it is unreadable. */
  readonly snapshot: GenerationSnapshot | undefined;
}

/** What `forget()` could not erase, or erased at a price. */
export interface Forgotten {
  /** Still stored. What holds credits is erased as soon as it is settled. */
  readonly kept: readonly ForgottenGeneration[];
  /** Erased by force, though credits are or may be held. Empty without `force`. */
  readonly givenUp: readonly ForgottenGeneration[];
}

/** What forgetting needs. */
export interface ForgetParts extends LockSource {
  readonly journal: Journal;
  readonly pool: Pick<GenerationPool, "get" | "isRunning" | "letGo">;
}

/** Returns the `forget` function. It rejects with `storage-failed`, and may then be called again. */
export function createForget(parts: ForgetParts): (options: ForgetOptions) => Promise<Forgotten> {
  // A job that has timed out would be watched for another day.
  const eraseOnceEnded = async (id: string): Promise<void> => {
    await parts.pool.get(id)?.outcome;
    if ((await stakeOf(parts, id)) === undefined && (await eraseLocked(parts, id)))
      await parts.journal.eraseEmptyLists();
  };
  return async ({ force = false }) => {
    const kept: ForgottenGeneration[] = [];
    const givenUp: ForgottenGeneration[] = [];
    for (const id of orThrow(await parts.journal.ids())) {
      const found = await stakeOf(parts, id);
      if (found !== undefined && !force) {
        kept.push(found);
        if (parts.pool.isRunning(id)) void eraseOnceEnded(id).catch(() => undefined);
      } else if (!(await eraseLocked(parts, id))) kept.push({ id, reason: "elsewhere", snapshot: found?.snapshot });
      else if (found !== undefined) givenUp.push(found);
    }
    // Read last: a broken record is set aside when it is read.
    for (const id of orThrow(await parts.journal.setAsideIds())) {
      (force ? givenUp : kept).push({ id, reason: "unreadable", snapshot: undefined });
      if (force) orThrow(await parts.journal.eraseSetAside(id));
    }
    orThrow(await parts.journal.eraseEmptyLists());
    return { kept, givenUp };
  };
}

/** Why a record should stay. Undefined where nothing is at stake. */
async function stakeOf({ journal, pool }: ForgetParts, id: string): Promise<ForgottenGeneration | undefined> {
  const live = pool.isRunning(id) ? pool.get(id)?.getSnapshot() : undefined;
  const record = await journal.read(id);
  orThrow(record.kind !== "failed");
  if (record.kind === "newer") return { id, reason: "unreadable", snapshot: undefined };
  const snapshot = live ?? (record.kind === "state" ? snapshotOf(record.state) : undefined);
  const isAtStake = snapshot !== undefined && (snapshot.status === "running" || isUnresolved(snapshot));
  return isAtStake ? { id, reason: "holds-credits", snapshot } : undefined;
}

/** False where another tab runs it. */
async function eraseLocked({ journal, locks, clock, pool }: ForgetParts, id: string): Promise<boolean> {
  await pool.letGo(id);
  const lock = await takeLock({ locks, clock }, id, () => undefined);
  if (lock.kind !== "held") return false;
  try {
    orThrow(await journal.erase(id));
    return true;
  } finally {
    lock.release();
  }
}

/** The answer of a journal whose storage has not failed. */
function orThrow<T>(answer: T | false | undefined): T {
  if (answer !== undefined && answer !== false) return answer;
  throw new VideoError("storage-failed", {
    message: "The storage has failed, and not everything is erased. Call forget() again.",
  });
}
