// One lock that is renewed for as long as it is held. Knows no generation, and not how it was got.
import type { Clock, KeyValueStorage } from "../ports.ts";

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
  /** The text that stands in the storage, as `leaseText` gives it. */
  readonly text: string;
  readonly holder: string;
  readonly leaseMs: number;
  /** Called once, when it is not held any more. */
  onEnd(): void;
  /** Called before that, when another may have it. */
  onLost(): void;
}

/** A lease that is held. */
export interface Lease {
  /** Ends it. Nobody else has to wait for its time. */
  release(): void;
  /** Lets the others have it, without ending it here: for a page that may come back. */
  leave(): void;
  /** Ends it, as one that another may have. */
  lose(): void;
}

/** Until when, and whose. */
export function leaseText(until: number, holder: string): string {
  return `${until}:${holder}`;
}

/** Until when a text holds; 0 for one that is none of ours. */
export function untilIn(text: string): number {
  const until = Number.parseInt(text, 10);
  return Number.isNaN(until) ? 0 : until;
}

/** Holds a lease, and renews it three times in its time. */
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
    // After its time another may have it.
    if (isHeld && clock.now() < untilIn(text)) void quietly(() => storage.removeItem(key));
  };
  const renew = async (): Promise<void> => {
    if (clock.now() >= untilIn(text)) return lose();
    const next = leaseText(clock.now() + leaseMs, holder);
    try {
      if (!(await storage.compareAndSet(key, text, next))) return lose();
      text = next;
    } catch {
      // A storage that fails may work again before its time is over.
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
    // It ends by itself.
  }
}
