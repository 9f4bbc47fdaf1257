// `@video-engine/video-sdk`: the engine, its policies and errors, and the registry it stands on.
export { createVideoEngine, type VideoEngineOptions, type VideoRouteOptions } from "./create-video-engine.ts";
export type { AttachedFiles, AttachedKlingElement, GenerateRequest } from "./attachments/attachment.ts";
export type { Attachment, AttachmentSnapshot, AttachmentSource, NativeAsset } from "./attachments/attachment.ts";
export { createFileUploader, type FileUploaderOptions } from "./attachments/create-file-uploader.ts";
export { defaultPut } from "./attachments/default-put.ts";
export type { FileUploader } from "./ports.ts";
export { putWithFetch } from "./attachments/default-put.ts";
export { putWithXhr, type PutWithXhrOptions } from "./attachments/default-put.ts";
export { composeEngine, type ComposedEngineOptions, type VideoEngine } from "./compose-engine.ts";
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
  type PollContext,
} from "./core/polling-policy.ts";
export type { GenerationPhase, GenerationSnapshot } from "./core/snapshot.ts";
export {
  createEngine,
  type EngineOptions,
  type GenerateOptions,
  type GenerationEngine,
} from "./engine/create-engine.ts";
export type { Generation, GenerationOutcome, GenerationResult } from "./engine/generation-handle.ts";
export type { VideoEngineEvent } from "./engine/engine-event.ts";
export type { Persistence, ResumeOptions } from "./engine/recovery.ts";
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
export { mergeGenerations, type MergeOptions } from "./grid/merge-generations.ts";
export { progressOf, type GenerationProgress } from "./grid/progress-of.ts";
export type { VideoTile } from "./grid/video-tile.ts";
export { createStorageLocks, type StorageLocks, type StorageLocksOptions } from "./platform/storage-locks.ts";
export type { CompareAndSetStorage } from "./platform/lease.ts";
export { createLocalLocks } from "./platform/local-locks.ts";
export { createMemoryStorage, type MemoryStorage } from "./platform/memory-storage.ts";
export type {
  CallResult,
  Clock,
  GenerationLocks,
  Guarantee,
  KeyValueStorage,
  Lifecycle,
  LocalFile,
  PauseReason,
  PutFile,
  StoredFile,
  TabChannel,
  UploadProgress,
  VideoApi,
  VideoLedger,
  VideoPlatform,
} from "./ports.ts";
export {
  createConvexSessionReader,
  type ConvexSessionReaderOptions,
  type SessionFunctions,
} from "./convex/create-convex-session-reader.ts";
export type { LiveConvexClient } from "./convex/convex-live-query.ts";
export type { VideoSessionsSnapshot } from "./grid/create-session-list.ts";
export type { VideoSessions } from "./grid/create-video-sessions.ts";
export { readSessionRows } from "./convex/read-session-answers.ts";
export type { CreateSessionOptions, LiveQuery, SessionReader, SessionRow, VideoSession } from "./ports.ts";
export type { VideoSettingsChange } from "./settings/chosen-settings.ts";
export {
  createVideoSettings,
  type VideoSettingsOptions,
  type VideoSettingsSnapshot,
  type VideoSettingsStore,
} from "./settings/create-video-settings.ts";
export { toRequestSettings } from "./settings/to-request-settings.ts";
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
