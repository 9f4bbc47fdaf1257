// Pairs each of the plan's models with the sibling that renders between two frames. Newer models take a last frame themselves.
import type { VideoModelId } from "./registry.ts";

const PAIRS: readonly (readonly [model: VideoModelId, transition: VideoModelId])[] = [
  ["vid-veo-3.1", "veo3.1-transition"],
  ["vid-veo-3.1-fast", "veo3.1-fast-transition"],
  ["vid-kling-2.5-pro", "kling-2.5-turbo-transition"],
  ["kling-o1", "kling-o1-transition"],
  ["vid-seedance-pro", "seedance-pro-transition"],
  ["kie-seedance-1.5-pro", "kie-seedance-1.5-pro-transition"],
  ["pixverse-v5", "pixverse-v5-transition"],
];

/** The transition model of a model, or the model of a transition. Undefined where there is none. */
export function transitionOf(modelId: VideoModelId): VideoModelId | undefined {
  const pair = PAIRS.find((one) => one.includes(modelId));
  return pair?.find((id) => id !== modelId);
}
