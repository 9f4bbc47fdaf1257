// The models of this release, as far as an engine and its screens use a registry: it does not make prices.
import {
  checkVideoRequest,
  choicesFor,
  currentModelOf,
  fitSettings,
  getVideoModel,
  isVideoModelId,
  resolveVideoRequest,
  sortedVideoModels,
  traitsOf,
  VIDEO_MODELS,
  type AnyVideoRegistry,
} from "@video-engine/video-models";

/** The part of a registry that an engine and its screens use. */
export type UsedRegistry = Omit<AnyVideoRegistry, "createPricing">;

/** All models of this release. */
export const BUILT_IN_MODELS: UsedRegistry = {
  models: VIDEO_MODELS,
  checkVideoRequest,
  choicesFor,
  currentModelOf,
  fitSettings,
  getVideoModel,
  isVideoModelId,
  resolveVideoRequest,
  sortedVideoModels,
  traitsOf,
};
