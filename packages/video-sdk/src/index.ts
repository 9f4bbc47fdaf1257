// `@video-engine/video-sdk`: the engine, its policy and errors, and the registry it stands on. Ports and adapters are in `./adapters`, the pure
// machine in `./core`, and the rest of the registry in `@video-engine/video-models`.
export { createVideoEngine, type EnginePlatform, type VideoEngineOptions } from "./create-video-engine.ts";
export { createServedCatalogue } from "./catalogue/create-served-catalogue.ts";
export { deployedMobileRoutes } from "./http/deployed-mobile-routes.ts";
export { deployedWebRoutes } from "./http/deployed-web-routes.ts";
export { planRoutes } from "./http/plan-routes.ts";
export type { RouteMap } from "./http/route-map.ts";
export { copyTemporaryVideos } from "./save-videos/copy-temporary-videos.ts";
export type { VideoEngine } from "./compose-engine.ts";
export type { GenerateOptions } from "./engine/create-engine.ts";
export type { VideoEngineEvent } from "./engine/engine-event.ts";
export type { Generation, GenerationOutcome, GenerationResult } from "./engine/generation-handle.ts";
export type { ResumeOptions } from "./engine/recovery.ts";
export type { GenerationPhase, GenerationSnapshot } from "./core/snapshot.ts";
export type { Guarantee, VideoSession } from "./ports.ts";
export type { PauseReason } from "./platform-ports.ts";

export type {
  AttachedFiles,
  AttachedKeyframe,
  AttachedKlingElement,
  Attachment,
  AttachmentSnapshot,
  AttachmentSource,
  GenerateRequest,
} from "./attachments/attachment.ts";

export {
  createPollingPolicy,
  defaultPollingPolicy,
  type PollContext,
  type PollingOptions,
  type PollingPolicy,
} from "./core/polling-policy.ts";
export type { RetryLimits } from "./core/retry-limits.ts";
export { functionsByName } from "./convex/function-names.ts";

export {
  isVideoError,
  toVideoError,
  VIDEO_ERRORS,
  VideoError,
  type Settlement,
  type VideoErrorCode,
  type VideoErrorData,
} from "./errors.ts";

export { mergeGenerations } from "./grid/merge-generations.ts";
export { progressOf, type GenerationProgress } from "./grid/progress-of.ts";
export type { VideoTile } from "./grid/video-tile.ts";
export { toRequestSettings } from "./settings/to-request-settings.ts";

export {
  calculateVideoCost,
  getVideoModel,
  VIDEO_MODEL_IDS,
  VIDEO_MODELS,
  type VideoModel,
  type VideoModelId,
  type VideoQuote,
  type VideoRequest,
} from "@video-engine/video-models";
