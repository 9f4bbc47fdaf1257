// The public names of ./server, one by one.
export { createVideoRoutes } from "./create-video-routes.ts";
export type { VideoRoutes, VideoRoutesOptions } from "./create-video-routes.ts";
export { createProviderVideoApi } from "./create-provider-video-api.ts";
export type { ProviderVideoApiOptions } from "./create-provider-video-api.ts";
export type { ReservationQuestion, VerifyReservation } from "./check-reservation.ts";
export type { IdempotencyRecord, IdempotencyStore, StoredAnswer } from "./idempotency/idempotency-store.ts";
export { ACT_FOR_USER_HEADER } from "./internal-caller.ts";
export type { RateLimit, RateLimitOptions } from "./limits/limit-rate.ts";
export { rateLimiterFrom } from "./limits/rate-limiter-from.ts";
export type { RateAnswer, RateBucket, RateLimiter } from "./limits/rate-limiter.ts";
export type { LoggedCause } from "../logged-error.ts";
export type { Authenticate, RouteHandler, VideoUser } from "./protect-route.ts";
export { signInRefusalOf } from "./sign-in-refusal.ts";
export type { RefusedSignIn, SignInRefusal } from "./sign-in-refusal.ts";
export { falProvider } from "./providers/fal-provider.ts";
export type { FalProviderOptions } from "./providers/fal-provider.ts";
export { kieProvider } from "./providers/kie-provider.ts";
export type { KieProviderOptions } from "./providers/kie-provider.ts";
export { openrouterProvider } from "./providers/openrouter-provider.ts";
export type { OpenrouterProviderOptions } from "./providers/openrouter-provider.ts";
export type {
  ProviderCancelAnswer,
  ProviderJobAnswer,
  ProviderJobReference,
  ProviderJobStatus,
  ProviderSubmission,
  ProviderWebhook,
  VerifiedWebhook,
  VideoProvider,
  VideoProviderJob,
} from "./providers/provider.ts";
export { allowLoopbackUrls } from "./providers/sort-video-urls.ts";
export type { VideoUrlRule } from "./providers/sort-video-urls.ts";
export { wavespeedProvider } from "./providers/wavespeed-provider.ts";
export type { WavespeedProviderOptions } from "./providers/wavespeed-provider.ts";
export { checkPublicUrl } from "./rehost/check-public-url.ts";
export type { PublicUrlCheck, PublicUrlRule } from "./rehost/check-public-url.ts";
export { createRehost } from "./rehost/create-rehost.ts";
export type { Rehost, RehostedVideo, RehostOptions } from "./rehost/create-rehost.ts";
export type { FirstFrames } from "./rehost/extract-first-frame-route.ts";
export type { VideoJobTarget, VideoRouting } from "./routing.ts";
export type { SecretOption } from "./secret-option.ts";
export type { SettingsReport } from "./settings/check-routes.ts";
export { checkSignIn } from "./settings/check-sign-in.ts";
export type { SignInSettingNames, SignInSettings } from "./settings/check-sign-in.ts";
export type { Checkable, SettingFinding } from "./settings/setting-finding.ts";
export type { VideoRouteName, VideoServerEvent, VideoServerListener, VideoStoreName } from "./server-event.ts";
export { redisStores } from "./stores/redis-stores.ts";
export type { RedisStoresOptions } from "./stores/redis-stores.ts";
export type { RedisClient } from "./stores/redis-client.ts";
export type { VideoStores } from "./stores/video-stores.ts";
export type { VideoUploads } from "./uploads/presign-upload-route.ts";
export { s3Storage } from "./uploads/s3-storage.ts";
export type { S3StorageOptions } from "./uploads/s3-storage-options.ts";
export type { PresignedUpload, PresignRequest, UploadStorage } from "./uploads/upload-storage.ts";
export { userUploadFolder, userVideoFolder } from "./uploads/user-folder.ts";
export type { VideoWaitLimits } from "./wait-limits.ts";
export type { EndedJob, VideoWebhooks, WebhookJob } from "./webhooks/video-webhooks.ts";
export type { WebhookMemory, WebhookState } from "./webhooks/webhook-memory.ts";
