// What a browser brings to the engine. The only file that checks which of the browser's abilities exist. Knows no generation.
import type { CompareAndSetStorage } from "../platform/lease.ts";
import { createLocalLocks } from "../platform/local-locks.ts";
import { createStorageLocks } from "../platform/storage-locks.ts";
import { systemPlatform } from "../platform/system.ts";
import type { GenerationLocks, KeyValueStorage, Lifecycle, TabChannel } from "../platform-ports.ts";
import { createLocalStorage } from "./local-storage.ts";
import { createWebLifecycle } from "./web-lifecycle.ts";
import { createWebLocks } from "./web-locks.ts";
import { createWebTabChannel } from "./web-tab-channel.ts";

/** How the page behaves. */
export interface WebPlatformOptions {
  /** A part of the names of locks and of the channel. Set it where two apps with different backends share an origin. Default: `video-engine`. */
  readonly namespace?: string | undefined;
  /** Whether a hidden page keeps polling. Default: false; it polls again when the user sees it. */
  readonly pollsWhenHidden?: boolean | undefined;
}

/** A part of the options of `createVideoEngine`. Left-out members are abilities that the browser does not have. */
export interface WebPlatform {
  /**
   * localStorage: it needs no opening, and writes before the call returns, even in a page that is being closed. A browser may take seconds
   * to write it to the disk: where a power cut matters, pass `storage: createIndexedDbStorage()` after this. Left out on a server, in a
   * worker, and where the page may store nothing; generations are then in memory only.
   */
  readonly storage?: KeyValueStorage;
  /**
   * Web Locks, which end with their tab. Without them (a page that is not HTTPS, an old browser): leases of 90 seconds in localStorage.
   * Without localStorage too: locks among the engines of this tab only.
   */
  readonly locks: GenerationLocks;
  /** Pauses in a hidden or frozen page, and where `navigator.onLine` is false. Left out on a server. */
  readonly lifecycle?: Lifecycle;
  /** Best-effort messages between the tabs of the origin. */
  readonly tabChannel?: TabChannel;
  /** 3: half of the connections that a browser opens to a server of HTTP/1.1. */
  readonly maxHeldQuestions: number;
}

// Shared by all platforms of this tab: a page that builds a second engine must not drive a generation twice.
const locksInThisTab = createLocalLocks();

/** The browser's part of an engine: `createVideoEngine({ convex, http, user, platform: webPlatform() })`. Does no I/O, also on a server. */
export function webPlatform({
  namespace = "video-engine",
  pollsWhenHidden = false,
}: WebPlatformOptions = {}): WebPlatform {
  const browser: Partial<Navigator> | undefined = globalThis.navigator; // typed as always there, and whole
  const storage = findLocalStorage();
  const platform: { -readonly [K in keyof WebPlatform]: WebPlatform[K] } = {
    locks: locksOf(browser?.locks, { storage, namespace }),
    maxHeldQuestions: 3,
  };
  // Left out rather than undefined: spread after an app's own option, an undefined member would replace it.
  if (storage !== undefined) platform.storage = storage;
  if (typeof addEventListener === "function") platform.lifecycle = createWebLifecycle({ pollsWhenHidden });
  if (typeof BroadcastChannel === "function") platform.tabChannel = createWebTabChannel(namespace);
  return platform;
}

function locksOf(
  locks: LockManager | null | undefined, // null in happy-dom, where apps test their screens
  { storage, namespace }: { storage: CompareAndSetStorage | undefined; namespace: string },
): GenerationLocks {
  if (locks) return createWebLocks(locks, namespace);
  return storage === undefined ? locksInThisTab : createPageLocks(storage);
}

/** Leases in the page's localStorage. They are released when the page is left, so a reload does not wait for them. */
function createPageLocks(storage: CompareAndSetStorage): GenerationLocks {
  const locks = createStorageLocks({ storage, platform: systemPlatform });
  addEventListener("pagehide", locks.leave);
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted) locks.comeBack();
  });
  return locks;
}

function findLocalStorage(): CompareAndSetStorage | undefined {
  // Read on pages only: reading it in Node prints a warning.
  if (typeof document === "undefined") return undefined;
  try {
    // null in an Android WebView without DOM storage; a SecurityError in a sandboxed frame and where cookies are blocked.
    const storage = globalThis.localStorage as Storage | null | undefined;
    return storage ? createLocalStorage(storage) : undefined;
  } catch {
    return undefined;
  }
}
