// A page with the browser's platform in it, and what a test asks of it from outside: nothing but plain data passes between them.
import { createIndexedDbStorage } from "../../../src/web/indexed-db-storage.ts";
import { webPlatform } from "../../../src/web/web-platform.ts";

const platform = webPlatform();
const releases = new Map<string, () => void>();
const waits = new Map<string, { readonly told: Promise<void>; readonly stop: () => void }>();
/** Ids that `whenFree` has called back for. */
const free = new Set<string>();
const stops: (() => void)[] = [];
const heard: string[] = [];
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
  letGo(id: string): void {
    releases.get(id)?.();
  },
  /** Resolves once the browser knows that this tab waits. */
  async wait(id: string): Promise<void> {
    let stop = (): void => undefined;
    const told = new Promise<void>((resolve) => {
      const tell = (): void => {
        free.add(id);
        resolve();
      };
      stop = platform.locks.whenFree?.(id, tell) ?? stop;
    });
    waits.set(id, { told, stop });
    await navigator.locks.query();
  },
  stopWaiting(id: string): void {
    waits.get(id)?.stop();
  },
  async toldThatFree(id: string): Promise<void> {
    await waits.get(id)?.told;
  },
  /** Whether `whenFree` has called back, by all that the browser had to say until now. */
  async isToldThatFree(id: string): Promise<boolean> {
    await navigator.locks.query().catch(() => undefined);
    return free.has(id);
  },
  async pendingLocks(): Promise<readonly (string | undefined)[]> {
    return ((await navigator.locks.query()).pending ?? []).map(({ name }) => name);
  },
  /** Notes the ids that other tabs speak of, from now on. */
  listen(): void {
    platform.tabChannel?.subscribe((id) => {
      heard.push(id);
      onChange();
    });
  },
  /** What was heard, once this is the last of it. */
  async heardUntil(id: string): Promise<readonly string[]> {
    await until(() => heard.at(-1) === id);
    return heard;
  },
  /** Notes what `getPause()` says after each change, from now on. */
  watch({ pollsWhenHidden = false } = {}): void {
    const { lifecycle } = webPlatform({ pollsWhenHidden });
    const note = (): void => {
      pauses.push(lifecycle?.getPause() ?? "none");
      onChange();
    };
    const stop = lifecycle?.subscribe(note);
    if (stop !== undefined) stops.push(stop);
  },
  /** What was noted, once there is as much of it. */
  async pausesUntil(count: number): Promise<readonly string[]> {
    await until(() => pauses.length >= count);
    return pauses;
  },
  /** What was noted when the page is hidden. */
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
