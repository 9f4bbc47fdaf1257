// Locks among processes that share only a storage: a lock is a lease, a text in the storage that is renewed. Weaker than Web Locks and the
// system's file locks, which end with their process: a process that was suspended for longer than a lease learns of its loss only afterwards.
import type { GenerationLocks, VideoPlatform } from "../platform-ports.ts";
import { holdLease, leaseText, untilIn, type Lease, type CompareAndSetStorage } from "./lease.ts";

/** What the locks are made from. */
export interface StorageLocksOptions {
  /** The engine's storage, or another one that the same processes share. It has to compare and set. */
  readonly storage: CompareAndSetStorage;
  readonly platform: VideoPlatform;
  /** Milliseconds that a lock lasts without being renewed; it is renewed three times in that time. Default 90,000. */
  readonly leaseMs?: number | undefined;
}

/** Locks that can all be given up at once, for a page that may come back. */
export interface StorageLocks extends GenerationLocks {
  /** Frees all locks for other processes, without telling the engines here: nothing runs any more. */
  leave(): void;
  /** The page runs again: tells the engines here that their locks are lost. */
  comeBack(): void;
}

/** Longer than browsers delay the timers of a hidden page. */
const LEASE_MS = 90_000;

/** Locks in a storage. */
export function createStorageLocks(options: StorageLocksOptions): StorageLocks {
  const { storage, platform, leaseMs = LEASE_MS } = options;
  const { clock } = platform;
  const holder = platform.createId();
  const isOver = createIsOver(clock, leaseMs);
  /** Undefined while the lock is being taken. */
  const ours = new Map<string, Lease | undefined>();

  return {
    async tryLock(id, onLost = () => undefined) {
      if (ours.has(id)) return undefined;
      ours.set(id, undefined);
      let lease: Lease | undefined;
      try {
        const key = `video-engine:lock:${id}`;
        const known = (await storage.getItem(key)) ?? null;
        const text = leaseText(clock.now() + leaseMs, holder);
        const isFree = known === null || isOver(key, known);
        if (!isFree || !(await storage.compareAndSet(key, known, text))) return undefined;
        lease = holdLease({
          storage,
          clock,
          key,
          text,
          holder,
          leaseMs,
          onLost,
          onEnd: () => void (ours.get(id) === lease && ours.delete(id)),
        });
        ours.set(id, lease);
        return lease.release;
      } finally {
        if (lease === undefined) ours.delete(id);
      }
    },
    whenFree(_, listener) {
      const timer = clock.setTimeout(listener, leaseMs / 3);
      return () => clock.clearTimeout(timer);
    },
    leave() {
      for (const lease of ours.values()) lease?.leave();
    },
    comeBack() {
      for (const lease of [...ours.values()]) lease?.lose();
    },
  };
}

/** Whether a lease that was found has run out. */
function createIsOver({ now }: VideoPlatform["clock"], leaseMs: number): (key: string, text: string) => boolean {
  const seen = new Map<string, { readonly text: string; readonly at: number }>();
  return (key, text) => {
    const leftMs = untilIn(text) - now();
    // A lease longer than any was written by a clock that was set back since. It is over when it has not been renewed for its duration.
    if (leftMs <= leaseMs) return leftMs <= 0;
    const before = seen.get(key);
    if (before?.text !== text) seen.set(key, { text, at: now() });
    return before?.text === text && now() - before.at >= leaseMs;
  };
}
