// What a browser brings to the engine: the one file that looks which of its abilities are there. Knows no generation.
import { createLocalLocks } from "../platform/local-locks.ts";
import type { CompareAndSetStorage } from "../platform/lease.ts";
import type { GenerationLocks, KeyValueStorage, Lifecycle, TabChannel } from "../ports.ts";
import { createPageLocks } from "./page-locks.ts";
import { createLocalStorage } from "./local-storage.ts";
import { createWebLocks } from "./web-locks.ts";
import { createWebLifecycle } from "./web-lifecycle.ts";
import { createWebTabChannel } from "./web-tab-channel.ts";

/** How the page behaves. */
export interface WebPlatformOptions {
  /** Goes into the names of locks and of the channel. Set it where two apps with different backends share an origin. Default: `video-engine`. */
  readonly namespace?: string;
  /** Whether jobs are asked about while the page is hidden, too. Default: false; they are asked about when it is seen again. */
  readonly pollsWhenHidden?: boolean;
}

/** A part of the options of `createVideoEngine`. What is left out, the browser does not have. */
export interface WebPlatform {
  /**
   * localStorage: nothing has to be opened, and what is written is written when the call returns, also by a page that is being closed.
   * A browser may take seconds to bring it to the disk: where a power cut matters, pass `storage: createIndexedDbStorage()` after this.
   * Left out on a server, in a worker, and where the page may keep nothing; generations are then kept in memory.
   */
  readonly storage?: KeyValueStorage;
  /**
   * Web Locks, which end with their tab. Without them (a page that is not HTTPS, an old browser): leases of a minute and a half in
   * localStorage. Without that, too, locks hold among the engines of this tab only.
   */
  readonly locks: GenerationLocks;
  /** Hidden or frozen pages, and networks that are gone by the browser's own word, `navigator.onLine`. Left out on a server. */
  readonly lifecycle?: Lifecycle;
  /** Word among the tabs of the origin. */
  readonly tabChannel?: TabChannel;
}

// Of the tab, not of one platform: a page that builds a second engine must not drive a generation twice.
const locksInThisTab = createLocalLocks();

/** The browser's part of an engine: `createVideoEngine({ ...webPlatform(), convex, http, user })`. Does no I/O, also on a server. */
export function webPlatform({
  namespace = "video-engine",
  pollsWhenHidden = false,
}: WebPlatformOptions = {}): WebPlatform {
  const browser: Partial<Navigator> | undefined = globalThis.navigator; // typed as always there, and whole
  const kept = findLocalStorage();
  const storage = kept && createLocalStorage(kept);
  return {
    locks: locksOf(browser?.locks, { storage, namespace }),
    ...(storage === undefined ? {} : { storage }),
    ...(typeof addEventListener === "function" ? { lifecycle: createWebLifecycle({ pollsWhenHidden }) } : {}),
    ...(typeof BroadcastChannel === "function" ? { tabChannel: createWebTabChannel(namespace) } : {}),
  };
}

function locksOf(
  locks: LockManager | undefined,
  { storage, namespace }: { storage: CompareAndSetStorage | undefined; namespace: string },
): GenerationLocks {
  if (locks !== undefined) return createWebLocks(locks, namespace);
  return storage === undefined ? locksInThisTab : createPageLocks(storage);
}

function findLocalStorage(): Storage | undefined {
  // Asked for on pages only: to ask for it is a warning in Node.
  if (typeof document === "undefined") return undefined;
  try {
    // null in an Android WebView without DOM storage; a SecurityError in a sandboxed frame, and where cookies are blocked.
    return (globalThis.localStorage as Storage | null | undefined) ?? undefined;
  } catch {
    return undefined;
  }
}
