// A device whose app saves videos elsewhere before their row, and can be closed and opened again.
import { createVideoSaver } from "../../save-videos/create-video-saver.ts";
import type { SaveVideos } from "../../save-videos/save-videos.ts";
import { createLocalLocks } from "../../platform/local-locks.ts";
import { defaultPollingPolicy } from "../../core/polling-policy.ts";
import type { VideoLedger } from "../../ports.ts";
import type { KeyValueStorage, Lifecycle } from "../../platform-ports.ts";
import { createFakeLedger } from "../../testing/fake-ledger.ts";
import { createFakeVideoApi } from "../../testing/fake-video-api.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import type { VideoEngineEvent } from "../engine-event.ts";
import { createEngine, type GenerationEngine } from "../create-engine.ts";

/** A request of text alone. */
export const request = { model: "vid-veo-3.1-fast", prompt: "a corgi surfing", duration: 8 } as const;
/** The copies of these videos. */
export const copyOf = (videos: readonly string[]): string[] => videos.map((url) => url.replace("videos.test", "copies.test"));

/** A device. Its app has a storage, and books without keys. */
export function createDevice({ lifecycle, jobMs }: { lifecycle?: Lifecycle; jobMs?: number } = {}) {
  const clock = createTestClock();
  const ledger = createFakeLedger({ now: () => clock.now() });
  const api = createFakeVideoApi({ clock, jobMs });
  const items = new Map<string, string>();
  let writes = 0;
  const storage: KeyValueStorage = {
    getItem: (key) => items.get(key),
    setItem: (key, value) => {
      writes++;
      items.set(key, value);
    },
    removeItem: (key) => void items.delete(key),
    keys: () => [...items.keys()],
  };
  const events: VideoEngineEvent[] = [];
  const locks = createLocalLocks();
  let ids = 0;
  const open = (saveVideos?: SaveVideos, over: Partial<VideoLedger> = {}): GenerationEngine =>
    createEngine({
      ledger: { ...ledger, ...over },
      api,
      polling: defaultPollingPolicy,
      lifecycle,
      platform: { clock, random: () => 0.5, createId: () => `generation-${++ids}` },
      persistence: { storage, locks, user: "user-1", onUnreadable: () => undefined },
      saveVideos:
        saveVideos && createVideoSaver({ saveVideos, clock, upload: () => Promise.reject(new Error("none")) }),
      onEvent: (event) => void events.push(event),
    });
  const rows = (): readonly string[] => ledger.books.rows.flatMap(({ videos }) => videos);
  const isOver = (engine: GenerationEngine) => (): boolean => engine.list().every(({ status }) => status !== "running");
  return { clock, ledger, api, items, events, open, rows, isOver, writes: () => writes };
}

