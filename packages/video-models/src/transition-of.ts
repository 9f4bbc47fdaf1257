// Pairs each model with the sibling that renders between two frames.
import type { VideoModelId } from "./registry.ts";

const SIBLING: Record<VideoModelId, VideoModelId | undefined> = {
  "vid-veo-3.1": "veo3.1-transition",
  "veo3.1-transition": "vid-veo-3.1",
  "vid-veo-3.1-fast": "veo3.1-fast-transition",
  "veo3.1-fast-transition": "vid-veo-3.1-fast",
  "vid-kling-2.6-pro": undefined,
  "vid-kling-2.5-pro": "kling-2.5-turbo-transition",
  "kling-2.5-turbo-transition": "vid-kling-2.5-pro",
  "kling-o1": "kling-o1-transition",
  "kling-o1-transition": "kling-o1",
  "kie-sora-2": undefined,
  "vid-ovi": undefined,
  "kie-wan-2.5": undefined,
  "vid-hailuo-2.3-pro": undefined,
  "vid-hailuo-2.3": undefined,
  "vid-kandinsky-5": undefined,
  "vid-seedance-lite": undefined,
  "vid-seedance-pro": "seedance-pro-transition",
  "seedance-pro-transition": "vid-seedance-pro",
  "kie-seedance-1.5-pro": "kie-seedance-1.5-pro-transition",
  "kie-seedance-1.5-pro-transition": "kie-seedance-1.5-pro",
  "pixverse-v5": "pixverse-v5-transition",
  "pixverse-v5-transition": "pixverse-v5",
  "vid-lucy-lite": undefined,
  "vid-lucy-pro": undefined,
};

/** The transition model of a model, or the model of a transition. Undefined where there is none. */
export function transitionOf(modelId: VideoModelId): VideoModelId | undefined {
  return SIBLING[modelId];
}
