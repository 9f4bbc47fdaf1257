// `@video-engine/video-sdk/adapters`: the engine over its ports, and each adapter and port by itself, for those who replace one.
export { composeEngine, type ComposedEngineOptions } from "../compose-engine.ts";
export type { ServedCatalogue, ServedCatalogueOptions } from "../catalogue/create-served-catalogue.ts";
export type { GivenModels, ModelSource, SoldModels, SoldModelsStore } from "../catalogue/create-sold-models.ts";
export { createEngine, createLeanEngine, type EngineOptions, type GenerationEngine } from "../engine/create-engine.ts";
export { createDurationStore, type Durations, type DurationStore } from "../engine/duration-store.ts";
export { durationSeen, type JobTimes } from "../engine/seen-durations.ts";
export {
  reportOf,
  type BackendReport,
  type FieldsReport,
  type GenerationReport,
  type JoblessRowReport,
  type ReconcileReport,
  type RecordReport,
  type UndecidedReason,
} from "../engine/engine-event.ts";
export {
  createPerformEffect,
  type EffectPorts,
  type PerformEffect,
  type PerformOptions,
} from "../engine/perform-effect.ts";
export { createHostedMachine, type HostedMachine, type HostedMachineOptions } from "../engine/hosted-machine.ts";
export type { HostedMessage, MachineHost } from "../engine/hosted-store.ts";
export { planRequest, type PlanOptions } from "../engine/plan-request.ts";
export { loggedEvent, type EventOwner } from "../engine/logged-event.ts";
export type { CallbackReport } from "../guard-callbacks.ts";
export type { UnreadableRecord } from "../engine/journal.ts";
export type { OutcomeCallbacks } from "../engine/outcome-callbacks.ts";
export type { Persistence } from "../engine/recovery.ts";
export type {
  FileUploader,
  FileUploads,
  LocalFile,
  PutFile,
  StoredFile,
  TakenFile,
  TakenRequest,
  UploadOptions,
  UploadProgress,
} from "../file-ports.ts";
export type {
  CallResult,
  CallWithKey,
  CancelAnswer,
  Certainty,
  CreateSessionOptions,
  FindFirstFrame,
  FoundRow,
  Guarantee,
  Job,
  JoblessRow,
  JobAnswer,
  JobQuestion,
  LiveQuery,
  LoadingRow,
  RowChange,
  SessionReader,
  SessionRow,
  SlotResult,
  SubmitResult,
  VideoApi,
  VideoLedger,
  VideoSaver,
  VideoSession,
} from "../ports.ts";
export type {
  Clock,
  GenerationLocks,
  KeyValueStorage,
  Lifecycle,
  PauseReason,
  TabChannel,
  VideoPlatform,
} from "../platform-ports.ts";

export type { ConvexClientLike } from "../convex/convex-client-like.ts";
export type { LiveConvexClient } from "../convex/convex-live-query.ts";
export type { BackendRefusal } from "../convex/call-function.ts";
export { createConvexLedger, type ConvexLedgerOptions } from "../convex/create-convex-ledger.ts";
export type { BackendField, RefusedFields } from "../convex/optional-fields.ts";
export {
  createConvexSessionReader,
  type ConvexSessionReaderOptions,
  type SessionFunctions,
} from "../convex/create-convex-session-reader.ts";
export type { VideoFunctions } from "../convex/function-names.ts";

export { createFirstFrameFinder, type FirstFrameFinderOptions } from "../after-success/create-first-frame-finder.ts";
export { createHttpVideoApi, type HttpVideoApiOptions } from "../http/create-http-video-api.ts";
export type { DeployedWebRoutesOptions } from "../http/deployed-web-routes.ts";
export { requestBody, type RequestBody } from "../http/request-body.ts";
export type {
  ExtraBody,
  FileToUpload,
  Route,
  RouteCall,
  RoutedJob,
  RouteMap,
  RouteQuestion,
} from "../http/route-map.ts";
export type { Http, HttpAddress } from "../http/send.ts";
export type { KyLike } from "../http/fetch-request.ts";

export type { NativeAsset } from "../attachments/attachment.ts";
export { createFileUploader, type FileUploaderOptions } from "../attachments/create-file-uploader.ts";
export { defaultPut, putWithFetch, putWithXhr, type PutWithXhrOptions } from "../attachments/default-put.ts";

export { createLocalLocks } from "../platform/local-locks.ts";
export { createMemoryStorage, type MemoryStorage } from "../platform/memory-storage.ts";
export { createStorageLocks, type StorageLocks, type StorageLocksOptions } from "../platform/storage-locks.ts";
export { systemPlatform } from "../platform/system.ts";

export {
  createVideoSettings,
  type VideoSettingsOptions,
  type VideoSettingsSnapshot,
  type VideoSettingsStore,
} from "../settings/create-video-settings.ts";
export type { VideoSettingsChange } from "../settings/chosen-settings.ts";
export type { VideoSessionsSnapshot } from "../grid/create-session-list.ts";
export type { VideoSessions } from "../grid/create-video-sessions.ts";
