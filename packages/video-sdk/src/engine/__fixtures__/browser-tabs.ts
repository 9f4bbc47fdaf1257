// The tabs of a browser: engines over one storage, one set of locks and one channel, each of which can be hidden.
import { defaultPollingPolicy } from "../../core/polling-policy.ts";
import { createLocalLocks } from "../../platform/local-locks.ts";
import { createMemoryStorage } from "../../platform/memory-storage.ts";
import type { GenerationLocks, KeyValueStorage, Lifecycle, PauseReason, TabChannel, VideoPlatform } from "../../platform-ports.ts";
import { createFakeLedger, type FakeLedgerOptions } from "../../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../../testing/fake-video-api.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import { createEngine, type EngineOptions } from "../create-engine.ts";

/** A channel between tabs: the others receive what one posts, in a turn of their own. */
function createChannel() {
  const tabs = new Set<Set<(message: string) => void>>();
  const join = (): TabChannel => {
    const own = new Set<(message: string) => void>();
    tabs.add(own);
    return {
      post(message) {
        const others = [...tabs].filter((other) => other !== own);
        void Promise.resolve().then(() => others.forEach((other) => other.forEach((hear) => hear(message))));
      },
      subscribe(listener) {
        own.add(listener);
        return () => own.delete(listener);
      },
    };
  };
  return { join, listening: () => [...tabs].reduce((sum, { size }) => sum + size, 0) };
}

/** A tab's lifecycle, which a test changes. */
function createLifecycle() {
  const listeners = new Set<() => void>();
  let pause: PauseReason | undefined;
  const lifecycle: Lifecycle = {
    getPause: () => pause,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const become = (next: PauseReason | undefined): void => {
    pause = next;
    for (const listener of [...listeners]) listener();
  };
  return { lifecycle, become, listeners };
}

/** Options of a browser. */
export interface BrowserOptions extends FakeLedgerOptions, Pick<EngineOptions, "retries" | "keepEnded"> {
  readonly jobMs?: number;
  /** Whether the tabs hear of each other. Default true. */
  readonly hasChannel?: boolean;
  /** Default: memory. */
  readonly storage?: KeyValueStorage;
  /** The locks of a tab. Default: those of one process, shared by all tabs. */
  readonly locksOf?: (platform: VideoPlatform) => GenerationLocks;
}

/** A browser without tabs, for one user. */
export function createBrowser(options: BrowserOptions = {}) {
  const { jobMs, retries, keepEnded, hasChannel = true, storage = createMemoryStorage(), locksOf, ...books } = options;
  const clock = createTestClock();
  const ledger = createFakeLedger(books);
  const api = createFakeVideoApi({ clock, jobMs });
  const shared = createLocalLocks();
  const channel = createChannel();
  let ids = 0;
  /** Opens a tab, which resumes. */
  const openTab = async () => {
    const platform = { clock, random: () => 0.5, createId: () => `generation-${++ids}` };
    const { lifecycle, become, listeners } = createLifecycle();
    const engine = createEngine({
      ledger,
      api,
      polling: defaultPollingPolicy,
      retries,
      keepEnded,
      platform,
      lifecycle,
      persistence: {
        storage,
        locks: locksOf?.(platform) ?? shared,
        user: "user-1",
        onUnreadable: () => undefined,
        tabChannel: hasChannel ? channel.join() : undefined,
      },
    });
    void engine.resume();
    await clock.flush();
    return {
      engine,
      listeners,
      /** Hides the tab, or shows it. */
      async hide(isHidden = true) {
        become(isHidden ? "background" : undefined);
        await clock.flush();
      },
    };
  };
  return { clock, ledger, api, channel, storage, openTab };
}
