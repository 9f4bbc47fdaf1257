// Who drives a generation, among processes that share nothing but a storage: a lock is a text in it that is renewed. Weaker than locks that
// end with their process, which Web Locks and the system's file locks are: who is suspended for longer than a lease hears of it only then.
import type { GenerationLocks, VideoPlatform } from "../ports.ts";
import { holdLease, leaseText, untilIn, type Lease, type CompareAndSetStorage } from "./lease.ts";

/** What leases are made from. */
export interface StorageLocksOptions {
  /** The storage of the engine, or another one that the same processes share. It has to compare and set. */
  readonly storage: CompareAndSetStorage;
  readonly platform: VideoPlatform;
  /** Milliseconds for which a lock stands without being renewed; it is renewed three times in that time. Default 90,000. */
  readonly leaseMs?: number;
}

/** Locks that can all be given up at once, by a page that may come back. */
export interface StorageLocks extends GenerationLocks {
  /** Lets the others have them. Whoever drives here is not told: nothing moves any more. */
  leave(): void;
  /** Everything moves again: whoever has driven here is told that its lock is lost. */
  comeBack(): void;
}

/** Longer than browsers hold up the timers of a hidden page. */
const LEASE_MS = 90_000;

/** GenerationLocks in a storage. */
export function createStorageLocks(options: StorageLocksOptions): StorageLocks {
  const { storage, platform, leaseMs = LEASE_MS } = options;
  const { clock } = platform;
  const holder = platform.createId();
  const isOver = createIsOver(clock, leaseMs);
  /** Undefined: just being locked. */
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
          ...{ storage, clock, key, text, holder, leaseMs, onLost },
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

/** Whether a lease that was found may be taken. */
function createIsOver({ now }: VideoPlatform["clock"], leaseMs: number): (key: string, text: string) => boolean {
  const seen = new Map<string, { readonly text: string; readonly at: number }>();
  return (key, text) => {
    const leftMs = untilIn(text) - now();
    // One that lasts longer than any was written by a clock that has been set back since: it is over when it is not renewed any more.
    if (leftMs <= leaseMs) return leftMs <= 0;
    const before = seen.get(key);
    if (before?.text !== text) seen.set(key, { text, at: now() });
    return before?.text === text && now() - before.at >= leaseMs;
  };
}
