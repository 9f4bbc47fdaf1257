// A page with the browser's platform in it, and what a test asks of it from outside: nothing but plain data passes between them.
import { createIndexedDbStorage } from "../../../src/web/indexed-db-storage.ts";
import { webPlatform } from "../../../src/web/web-platform.ts";

const platform = webPlatform();
const releases = new Map<string, () => void>();
const waits = new Map<string, { readonly called: Promise<void>; readonly stop: () => void }>();
/** Ids that `whenFree` has called back for. */
const free = new Set<string>();
const stops: (() => void)[] = [];
const posts: string[] = [];
const pauses: string[] = [];
let onChange = (): void => undefined;

const page = {
  platform,
  database: createIndexedDbStorage(),
  async lock(id: string): Promise<boolean> {
    const release = await platform.locks.tryLock(id);
    if (release !== undefined) releases.set(id, release);
    return release !== undefined;
  },
  async lockIn(namespace: string, id: string): Promise<boolean> {
    return (await webPlatform({ namespace }).locks.tryLock(id)) !== undefined;
  },
  release(id: string): void {
    releases.get(id)?.();
  },
  /** Resolves once the browser knows that this tab waits. */
  async wait(id: string): Promise<void> {
    let stop = (): void => undefined;
    const called = new Promise<void>((resolve) => {
      const call = (): void => {
        free.add(id);
        resolve();
      };
      stop = platform.locks.whenFree?.(id, call) ?? stop;
    });
    waits.set(id, { called, stop });
    await navigator.locks.query();
  },
  stopWaiting(id: string): void {
    waits.get(id)?.stop();
  },
  async calledBack(id: string): Promise<void> {
    await waits.get(id)?.called;
  },
  /** Whether `whenFree` has called back for an id, once the browser has delivered everything until now. */
  async hasCalledBack(id: string): Promise<boolean> {
    await navigator.locks.query().catch(() => undefined);
    return free.has(id);
  },
  async pendingLocks(): Promise<readonly (string | undefined)[]> {
    return ((await navigator.locks.query()).pending ?? []).map(({ name }) => name);
  },
  /** Collects the ids that other tabs post, from now on. */
  listen(): void {
    platform.tabChannel?.subscribe((id) => {
      posts.push(id);
      onChange();
    });
  },
  /** The collected ids, once this one is the last of them. */
  async postsUntil(id: string): Promise<readonly string[]> {
    await until(() => posts.at(-1) === id);
    return posts;
  },
  /** Collects what `getPause()` returns after each change, from now on. */
  watch({ pollsWhenHidden = false } = {}): void {
    const { lifecycle } = webPlatform({ pollsWhenHidden });
    const add = (): void => {
      pauses.push(lifecycle?.getPause() ?? "none");
      onChange();
    };
    const stop = lifecycle?.subscribe(add);
    if (stop !== undefined) stops.push(stop);
  },
  /** The collected pauses, once there are this many. */
  async pausesUntil(count: number): Promise<readonly string[]> {
    await until(() => pauses.length >= count);
    return pauses;
  },
  /** The collected pauses, once the page is hidden. */
  async pausesOnceHidden(): Promise<readonly string[]> {
    document.addEventListener("visibilitychange", () => onChange());
    await until(() => document.visibilityState === "hidden");
    return pauses;
  },
  stopWatching(): void {
    for (const stop of stops) stop();
  },
};

/** Looks again after each change. */
function until(isSo: () => boolean): Promise<void> {
  return new Promise((resolve) => {
    onChange = () => {
      if (isSo()) resolve();
    };
    onChange();
  });
}

declare global {
  /** What the page offers to a test. */
  var sdk: typeof page;
}

globalThis.sdk = page;
