// When this example began to sell its latest models, for "New". The registry does not say since when an app has a model: an app keeps such dates itself.
import type { VideoModelId } from "@video-engine/video-models";

const ADDED_ON: Partial<Record<VideoModelId, string>> = {
  "vid-kling-o3": "2026-11-30",
  "vid-seedance-2.0": "2026-11-30",
  "vid-wan-2.6": "2026-11-30",
  "vid-grok-imagine-1.5": "2026-11-30",
  "vid-ltx-2.3": "2026-11-30",
};
const NEW_FOR_MS = 60 * 24 * 3_600_000;

/** Whether a model is new at a time (epoch milliseconds): for 60 days, and no longer. */
export function isNewAt(id: VideoModelId, now: number): boolean {
  const added = ADDED_ON[id];
  return added !== undefined && now >= Date.parse(added) && now - Date.parse(added) < NEW_FOR_MS;
}
