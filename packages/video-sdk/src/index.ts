// `@video-engine/video-sdk`: the engine, its policies and errors, and the registry it stands on.
export { createVideoEngine, type VideoEngineOptions } from "./create-video-engine.ts";
export type { ConvexClientLike } from "./convex/convex-client-like.ts";
export { functionsByName, type VideoFunctions } from "./convex/function-names.ts";
export {
  createPollingPolicy,
  defaultPollingPolicy,
  pollingLimitsFor,
  type PollDecision,
  type PollingLimits,
  type PollingOptions,
  type PollingPolicy,
  type PollSituation,
} from "./core/polling-policy.ts";
export type { GenerationPhase, GenerationSnapshot } from "./core/snapshot.ts";
export type { Guarantee } from "./core/state.ts";
export {
  createEngine,
  type EngineOptions,
  type EngineStorage,
  type GenerateOptions,
  type VideoEngine,
} from "./engine/create-engine.ts";
export type { Generation, GenerationOutcome, GenerationResult } from "./engine/generation-handle.ts";
export type { EngineEvent } from "./engine/generation-runner.ts";
export {
  isVideoError,
  toVideoError,
  VIDEO_ERRORS,
  VideoError,
  type Settlement,
  type VideoErrorCode,
  type VideoErrorData,
} from "./errors.ts";
export type { Http, HttpAddress } from "./http/send.ts";
export { createLocalClaims } from "./platform/local-claims.ts";
export { createMemoryStorage, type MemoryStorage } from "./platform/memory-storage.ts";
export type { Attempt, Claims, Clock, KeyValueStorage, VideoApi, VideoLedger, VideoPlatform } from "./ports.ts";
export {
  calculateVideoCost,
  choicesFor,
  createPricing,
  fitSettings,
  getVideoModel,
  isVideoModelId,
  quoteVideo,
  sortedVideoModels,
  VIDEO_MODEL_IDS,
  VIDEO_MODELS,
  type VideoModel,
  type VideoModelId,
  type VideoQuote,
  type VideoRequest,
} from "@video-engine/video-models";
