// The routes of an app, joined. Everything an app decides comes in here; what a route does is in its own file.
import { quoteVideo, type VideoPricing } from "@video-engine/video-models";
import { systemClock } from "../platform/system.ts";
import type { Clock } from "../ports.ts";
import { cancelVideoRoute } from "./cancel-video-route.ts";
import type { VerifyReservation } from "./check-reservation.ts";
import { generateVideoRoute } from "./generate-video-route.ts";
import { createAnswerOnce } from "./idempotency/answer-once.ts";
import type { IdempotencyStore } from "./idempotency/idempotency-store.ts";
import { createMemoryIdempotencyStore } from "./idempotency/memory-idempotency-store.ts";
import { withInternalCaller } from "./internal-caller.ts";
import { createLimitRate, type RateLimitOptions } from "./limits/limit-rate.ts";
import { protectRoute, type Authenticate, type Route, type RouteHandler } from "./protect-route.ts";
import type { VideoProvider } from "./providers/provider.ts";
import { createRequestHandles } from "./request-handles.ts";
import type { Rehost } from "./rehost/create-rehost.ts";
import { extractFirstFrameRoute, type FirstFrames } from "./rehost/extract-first-frame-route.ts";
import { checkRouting, type VideoRouting } from "./routing.ts";
import type { SecretOption } from "./secret-option.ts";
import type { VideoServerListener } from "./server-event.ts";
import { presignUploadRoute, type VideoUploads } from "./uploads/presign-upload-route.ts";
import { videoStatusRoute } from "./video-status-route.ts";
import { checkWebhookUrl, webhookUrlOf, type VideoWebhooks } from "./webhooks/video-webhooks.ts";
import { webhookRoute } from "./webhooks/webhook-route.ts";

/** What an app decides. The first three are needed. */
export interface VideoRoutesOptions {
  readonly authenticate: Authenticate;
  /** The providers that are set up. Which of them serves a model, and in which order they are preferred, is the registry's. */
  readonly providers: readonly VideoProvider[];
  /**
   * Signs the request ids, so that each works for its own user only: at least 32 random characters, or where to get them. Several
   * while one replaces another: the first signs, all are accepted. All instances of a server need the same.
   */
  readonly signingSecret: SecretOption;
  /** How long a request id works, milliseconds. Default 14 days. */
  readonly requestIdLifetimeMs?: number;
  /** Where a model's jobs go, where that is not as the registry says. */
  readonly routing?: VideoRouting;
  /** How often a user may call. On by default, counted in memory. */
  readonly rateLimits?: RateLimitOptions;
  /** Where answers to submits are kept for a day. Default: in memory, for one instance of a server. */
  readonly idempotency?: IdempotencyStore;
  /** Asked before a provider is. With it, a submit needs an `Idempotency-Key`. Default: whoever is signed in may submit. */
  readonly verifyReservation?: VerifyReservation;
  /** Prices of the app's own. Default: the registry's. */
  readonly pricing?: Pick<VideoPricing, "quoteVideo">;
  /** Lets an internal caller with this bearer token act for the user that `x-act-for-user` names. Off by default. At least 16 characters. */
  readonly cronSecret?: SecretOption;
  /** The longest that a status question is held, seconds, up to 25; below what the host allows a request. 0: none is. Default 25. */
  readonly longestWaitSeconds?: number;
  /** Where users put the images and videos that they attach. Without it `presignUpload` answers that it is not set up. */
  readonly uploads?: VideoUploads;
  /** Makes pictures of videos. Without it `extractFirstFrame` answers that it is not set up. */
  readonly firstFrames?: FirstFrames;
  /** Gives finished videos lasting URLs, as with `createRehost`. Without it users get the provider's own, which may not last. */
  readonly rehost?: Rehost;
  /** What to do when a provider says that a job has ended. Without it jobs are submitted without a webhook. */
  readonly webhooks?: VideoWebhooks;
  readonly onEvent?: VideoServerListener;
  /** Default: the system's. Rate limits in memory do not use it. */
  readonly clock?: Clock;
}

/** Web-standard handlers: `export const POST = routes.generateVideo` is a whole Next.js route file. */
export interface VideoRoutes {
  /** `POST`, a video request, with an `Idempotency-Key`. Answers `{ queued, requestId, modelId, provider, canWait? }` or `{ success, videos, ... }`. */
  readonly generateVideo: RouteHandler;
  /** `GET ?requestId&modelId?&provider?&wait?`. Answers `{ queued, status, canWait? }`, `{ success: true, videos }` or `{ success: false, error, code }`. */
  readonly videoStatus: RouteHandler;
  /** `POST { requestId, modelId?, provider? }`. Answers `{ canceled }`. */
  readonly cancelVideo: RouteHandler;
  /** `POST { contentType, contentLength? }`. Answers `{ uploadUrl, publicUrl, key }`; then `PUT` the file there with that content type. */
  readonly presignUpload: RouteHandler;
  /** `POST { videoUrl }`. Answers `{ success: true, url }`. */
  readonly extractFirstFrame: RouteHandler;
  /** `POST ?provider&modelId`, from a provider, signed. Answers `{ received: true }`. Hand it the request unread: a signature is over its bytes. */
  readonly webhook: RouteHandler;
}

const LONGEST_WAIT_SECONDS = 25;

/**
 * Builds the routes. Does no I/O: a missing key or secret is reported by the first request that needs it.
 * They send no CORS headers; a bearer token needs none from a native app, and a web app's own origin neither.
 */
export function createVideoRoutes(options: VideoRoutesOptions): VideoRoutes {
  const { clock = systemClock, pricing = { quoteVideo }, routing, webhooks, onEvent } = options;
  checkRouting(routing);
  checkWebhookUrl(webhooks ?? {});
  const longestWaitSeconds = Math.min(options.longestWaitSeconds ?? LONGEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS);
  const handles = createRequestHandles({ ...options, clock });
  const once = createAnswerOnce({ store: options.idempotency ?? createMemoryIdempotencyStore(clock), clock, onEvent });
  const context = {
    authenticate: withInternalCaller(options),
    limitRate: createLimitRate(options.rateLimits),
    onEvent,
  };
  const shared = { ...options, clock, pricing, handles, once, longestWaitSeconds, canWait: longestWaitSeconds > 0 };
  const submit = { ...shared, webhookUrlOf: webhookUrlOf(webhooks ?? {}) };
  const protect = (route: Route): RouteHandler => protectRoute(route, context);
  return {
    generateVideo: protect(generateVideoRoute(submit)),
    videoStatus: protect(videoStatusRoute(shared)),
    cancelVideo: protect(cancelVideoRoute(shared)),
    presignUpload: protect(presignUploadRoute(options.uploads)),
    extractFirstFrame: protect(extractFirstFrameRoute(options.firstFrames)),
    webhook: webhookRoute(shared),
  };
}
