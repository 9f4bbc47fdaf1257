// The lock of one generation: taken, retried when the locks fail, and released. Reads no record.
import { backoffMs } from "../core/backoff.ts";
import type { Clock, GenerationLocks, VideoPlatform } from "../platform-ports.ts";
import { within } from "../within.ts";

/** The result of asking for a lock. `taken`: another holder has it. `failed`: the locks did not answer, so it is not held. */
export type LockResult =
  | { readonly kind: "held"; readonly release: () => void }
  | { readonly kind: "taken" }
  | { readonly kind: "failed" };

/** What `takeLock` asks. */
export interface LockSource {
  readonly locks: GenerationLocks;
  readonly clock: Pick<Clock, "setTimeout" | "clearTimeout">;
}

/** Locks answer at once, or read a storage first. */
const LOCK_DEADLINE_MS = 10_000;

/** Asks once. Never rejects. A lock that comes too late is released. */
export async function takeLock({ locks, clock }: LockSource, id: string, onLost: () => void): Promise<LockResult> {
  const asked = (async (): Promise<unknown> => await locks.tryLock(id, onLost))();
  try {
    const release = await within(asked, { clock, deadlineMs: LOCK_DEADLINE_MS });
    if (isRelease(release)) return { kind: "held", release: () => letGo(release) };
    // Locks that are not type-checked may say null or false of one that another holder has. Whatever else they say is no lock either.
    return { kind: release ? "failed" : "taken" };
  } catch {
    void asked.then((release) => isRelease(release) && letGo(release)).catch(() => undefined);
    return { kind: "failed" };
  }
}

function isRelease(answer: unknown): answer is () => unknown {
  return typeof answer === "function";
}

/** How often a lock is asked for while the locks fail: about four seconds with the waits between. */
export const LOCK_TRIES = 4;
const BACKOFF = { firstMs: 500, maxMs: 4_000 };

/** Options of `takeNewLock`. */
export interface LockWaitOptions {
  readonly locks: GenerationLocks;
  readonly platform: Pick<VideoPlatform, "clock" | "random">;
  /** True when the lock is no longer wanted: it is not asked for again. */
  isLeft(): boolean;
}

/**
 * The lock of a new generation. No other holder can know its id, so a lock that cannot be taken has failed. Resolves with its release
 * function, or with undefined when it failed; then nothing may be called for the generation.
 */
export async function takeNewLock(
  { locks, platform, isLeft }: LockWaitOptions,
  id: string,
  onLost: () => void,
): Promise<(() => void) | undefined> {
  for (let attempt = 1; ; attempt++) {
    const result = await takeLock({ locks, clock: platform.clock }, id, onLost);
    if (result.kind === "held") return result.release;
    if (attempt >= LOCK_TRIES || isLeft()) return undefined;
    const waitMs = backoffMs(BACKOFF, { attempt, random: platform.random() });
    await new Promise<void>((resolve) => void platform.clock.setTimeout(resolve, waitMs));
  }
}

/** A lock that cannot be released ends with the process. */
function letGo(release: () => unknown): void {
  try {
    const released = release();
    if (released instanceof Promise) released.catch(() => undefined);
  } catch {
    // Nothing is left to do about it.
  }
}
