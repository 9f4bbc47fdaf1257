// When this app has begun to sell its latest models. A provider's registry says what a model is, and not since when an app has it.
import type { VideoModelId } from "@video-engine/video-models";

const ADDED_ON: Partial<Record<VideoModelId, string>> = {
  "vid-kling-o3": "2026-11-16",
  "vid-seedance-2.0": "2026-11-16",
  "vid-wan-2.6": "2026-11-16",
  "vid-grok-imagine-1.5": "2026-11-16",
  "vid-ltx-2.3": "2026-11-16",
};
const NEW_FOR_MS = 60 * 24 * 3_600_000;

/** Whether a model is new at a time (epoch milliseconds): for 60 days, and no longer. */
export function isNewAt(id: VideoModelId, now: number): boolean {
  const added = ADDED_ON[id];
  return added !== undefined && now >= Date.parse(added) && now - Date.parse(added) < NEW_FOR_MS;
}
