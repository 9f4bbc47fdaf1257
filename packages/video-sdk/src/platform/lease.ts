// One lock in a storage that is renewed while it is held. Knows no generation, and not how the lock was taken.
import type { Clock, KeyValueStorage } from "../platform-ports.ts";

/** A storage that can compare and set. */
export type CompareAndSetStorage = KeyValueStorage & Required<Pick<KeyValueStorage, "compareAndSet">>;

/** Whether a storage can compare and set. */
export function canCompareAndSet(storage: KeyValueStorage): storage is CompareAndSetStorage {
  return typeof storage.compareAndSet === "function";
}

/** What a lease is made from. */
export interface LeaseOptions {
  readonly storage: CompareAndSetStorage;
  readonly clock: Clock;
  readonly key: string;
  /** The text that is in the storage, made by `leaseText`. */
  readonly text: string;
  readonly holder: string;
  readonly leaseMs: number;
  /** Called once, when the lease is not held any more. */
  onEnd(): void;
  /** Called after `onEnd` where the lease was lost: another holder may have it. */
  onLost(): void;
}

/** A lease that is held. */
export interface Lease {
  /** Ends it and frees its place at once. */
  release(): void;
  /** Frees its place for other holders without ending it here: for a page that may come back. */
  leave(): void;
  /** Ends it as lost: another holder may have it. */
  lose(): void;
}

/** The text of a lease: until when it holds, and for whom. */
export function leaseText(until: number, holder: string): string {
  return `${until}:${holder}`;
}

/** Until when a lease holds, in epoch milliseconds; 0 for a text that is no lease. */
export function untilIn(text: string): number {
  const until = Number.parseInt(text, 10);
  return Number.isNaN(until) ? 0 : until;
}

/** Holds a lease, and renews it three times in its duration. */
export function holdLease(options: LeaseOptions): Lease {
  const { storage, clock, key, holder, leaseMs, onEnd, onLost } = options;
  let { text } = options;
  let isHeld = true;
  let timer: unknown;

  const end = (): void => {
    clock.clearTimeout(timer);
    isHeld = false;
    onEnd();
  };
  const lose = (): void => {
    if (!isHeld) return;
    end();
    onLost();
  };
  const leave = (): void => {
    clock.clearTimeout(timer);
    // When it has run out, another holder may have it.
    if (isHeld && clock.now() < untilIn(text)) void quietly(() => storage.removeItem(key));
  };
  const renew = async (): Promise<void> => {
    if (clock.now() >= untilIn(text)) return lose();
    const next = leaseText(clock.now() + leaseMs, holder);
    try {
      if (!(await storage.compareAndSet(key, text, next))) return lose();
      text = next;
    } catch {
      // A failing storage may work again before the lease runs out.
    }
    if (isHeld) plan();
  };
  const plan = (): void => {
    timer = clock.setTimeout(() => void renew(), leaseMs / 3);
  };

  plan();
  return {
    release() {
      leave();
      if (isHeld) end();
    },
    leave,
    lose,
  };
}

async function quietly(work: () => unknown): Promise<void> {
  try {
    await work();
  } catch {
    // The lease runs out by itself.
  }
}
