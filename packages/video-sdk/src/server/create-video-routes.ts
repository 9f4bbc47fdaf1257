// Builds an app's routes from its options. What each route does is in that route's own file.
import { quoteVideo, type VideoPricing } from "@video-engine/video-models";
import { systemClock } from "../platform/system.ts";
import type { Clock } from "../platform-ports.ts";
import { cancelVideoRoute } from "./cancel-video-route.ts";
import { checkOptionNames } from "./check-option-names.ts";
import { checkRuntime } from "./check-runtime.ts";
import type { VerifyReservation } from "./check-reservation.ts";
import { createEventSink } from "./event-sink.ts";
import { generateVideoRoute } from "./generate-video-route.ts";
import { createAskStore } from "./ask-store.ts";
import { createAnswerOnce } from "./idempotency/answer-once.ts";
import type { IdempotencyStore } from "./idempotency/idempotency-store.ts";
import { withInternalCaller } from "./internal-caller.ts";
import { createLimitRate, type RateLimitOptions } from "./limits/limit-rate.ts";
import { soldModels, type VideoLifecycles } from "./sold-models.ts";
import { modelsRoute } from "./models-route.ts";
import { protectRoute, type Authenticate, type Route, type RouteHandler } from "./protect-route.ts";
import type { VideoProvider } from "./providers/provider.ts";
import { createRequestHandles } from "./request-handles.ts";
import type { Rehost } from "./rehost/create-rehost.ts";
import { extractFirstFrameRoute, type FirstFrames } from "./rehost/extract-first-frame-route.ts";
import { checkRouting, type VideoRouting } from "./routing.ts";
import type { SecretOption } from "./secret-option.ts";
import type { VideoServerListener } from "./server-event.ts";
import { chooseStores, type VideoStores } from "./stores/video-stores.ts";
import { presignUploadRoute, type VideoUploads } from "./uploads/presign-upload-route.ts";
import { healthRoute } from "./settings/health-route.ts";
import { checkRoutes, type SettingsReport } from "./settings/check-routes.ts";
import type { Checkable } from "./settings/setting-finding.ts";
import { videoStatusRoute } from "./video-status-route.ts";
import { createWaitFor, type VideoWaitLimits } from "./wait-limits.ts";
import { createWatchedJobs } from "./watch-job.ts";
import { webhookUrlOf, type VideoWebhooks } from "./webhooks/video-webhooks.ts";
import { webhookRoute } from "./webhooks/webhook-route.ts";

/** The options of an app. The first three are required. */
export interface VideoRoutesOptions {
  readonly authenticate: Authenticate;
  /** The providers that are set up. The registry decides which of them serves a model, and in which order they are tried. */
  readonly providers: readonly VideoProvider[];
  /**
   * Signs the request ids, so that each works for its own user only: at least 32 random characters, or a function that returns them.
   * To replace a secret, pass several for a while: the first one signs, all are accepted. All instances of a server need the same.
   */
  readonly signingSecret: SecretOption;
  /**
   * How long a request id works, milliseconds.
   *
   * @default 1_209_600_000, 14 days
   */
  readonly requestIdLifetimeMs?: number | undefined;
  /** Where a model's jobs go, for models that do not go where the registry says. */
  readonly routing?: VideoRouting | undefined;
  /**
   * What is kept between two requests: `redisStores(client)`. What is left out is in the memory of each process, so that a second instance, or one that is
   * killed and started again, makes a second paid job for one key. See `docs/several-instances.md`.
   */
  readonly stores?: Partial<VideoStores> | undefined;
  /** How often a user may call. On by default, counted in `stores`. */
  readonly rateLimits?: RateLimitOptions | undefined;
  /** Where answers to submits are kept for a day. Default: that of `stores`. */
  readonly idempotency?: IdempotencyStore | undefined;
  /** Called before a job is sent to a provider; uses up the reservation. Default: every signed-in user may submit. See `docs/security.md`. */
  readonly verifyReservation?: VerifyReservation | undefined;
  /**
   * Refuses a submit without a key, which is read from the header `Idempotency-Key` or from the body's `idempotencyKey`. Set it where
   * clients repeat submits (`isSubmitRepeatable`): a proxy that drops the key then costs a refusal and not a second job. Always on with
   * `verifyReservation`.
   *
   * @default false
   */
  readonly requireIdempotencyKey?: boolean | undefined;
  /** The app's own prices. Default: the registry's. The `table` is what `models` tells clients; without it they are told today's charges. */
  readonly pricing?: (Pick<VideoPricing, "quoteVideo"> & Partial<Pick<VideoPricing, "table">>) | undefined;
  /**
   * What became of models that this release does not know of yet: `{ "vid-ovi": { stage: "retired", date: "2027-01", replacement: "vid-ltx-2.3" } }`. A
   * retired one is refused, and `models` tells clients.
   */
  readonly lifecycles?: VideoLifecycles | undefined;
  /** Lets an internal caller with this bearer token act for the user that `x-act-for-user` names. Off by default. At least 16 characters. */
  readonly cronSecret?: SecretOption;
  /**
   * The longest that a status request is held open, seconds, at most 25. Keep it below the time limit of the host. 0: requests are never held.
   *
   * @default 25
   */
  readonly longestWaitSeconds?: number | undefined;
  /**
   * How many held status requests a user may have at the same time, in one instance. Beyond it they are answered with 429 and a
   * `Retry-After` of 5 s. The default is ten videos at once on three devices.
   *
   * @default 30
   */
  readonly heldQuestionsPerUser?: number | undefined;
  /**
   * Abort it when this process is told to end (`SIGTERM`): held status requests are answered at once, and no other one is held, so that the
   * process need not wait 25 s for them. Submits go on to their end.
   */
  readonly closing?: AbortSignal | undefined;
  /** Where users upload the images and videos that they attach. Without it `presignUpload` answers `not-configured`. */
  readonly uploads?: VideoUploads | undefined;
  /** Makes pictures of videos. Without it `extractFirstFrame` answers `not-configured`. */
  readonly firstFrames?: FirstFrames | undefined;
  /** Copies finished videos to a lasting URL, such as `createRehost`. Without it users get the provider's URL, which may expire. */
  readonly rehost?: Rehost | undefined;
  /** What to do when a provider says that a job has ended. Without it jobs are submitted without a webhook. */
  readonly webhooks?: VideoWebhooks | undefined;
  /** How long a request waits for its body and for what the app brings. */
  readonly waitLimits?: VideoWaitLimits | undefined;
  /**
   * Called with each event: the log of every job. Default: faults of the settings are written to the console, each once, and nothing else. Pass
   * `() => undefined` for silence.
   */
  readonly onEvent?: VideoServerListener | undefined;
  /** Checks of the app's own settings for `check()`, such as `() => checkSignIn(...)`. */
  readonly checks?: readonly NonNullable<Checkable["check"]>[] | undefined;
  /** Default: the system's. */
  readonly clock?: Clock | undefined;
}

/** Web-standard handlers. `export const POST = routes.generateVideo` is a complete Next.js route file. */
export interface VideoRoutes {
  /** `POST`, a video request, with a key. Answers `{ queued, requestId, modelId, provider, canWait? }` or `{ success, videos, ... }`. */
  readonly generateVideo: RouteHandler;
  /** `GET ?requestId&modelId?&provider?&wait?`. Answers `{ queued, status, canWait? }`, `{ success: true, videos }` or `{ success: false, error, code }`. */
  readonly videoStatus: RouteHandler;
  /** `POST { requestId, modelId?, provider? }`. Answers `{ canceled }`. */
  readonly cancelVideo: RouteHandler;
  /** `POST { contentType, contentLength? }`. Answers `{ uploadUrl, publicUrl, key }`; then `PUT` the file there with that content type. */
  readonly presignUpload: RouteHandler;
  /** `POST { videoUrl }`. Answers `{ success: true, url }`. */
  readonly extractFirstFrame: RouteHandler;
  /** `GET`. Answers the catalogue of models, with their lifecycles and the app's prices, for `mergeCatalogue` of `@video-engine/video-models`. */
  readonly models: RouteHandler;
  /** `POST ?provider&modelId`, signed by a provider. Answers `{ received: true }`. Pass the request with its body unread: the signature covers its bytes. */
  readonly webhook: RouteHandler;
  /**
   * `GET`, without a sign-in: for load balancers. Answers `{ ok: true }`, or 503 and `{ ok: false }` where a setting cannot be used; what is wrong
   * only to a caller with the `cronSecret` as its bearer token. Asks nothing outside more than once in 10 s.
   */
  readonly health: RouteHandler;
  /**
   * Says what cannot be used of the settings, before the first user finds out: call it at the start and log each `message`. No secret is in it.
   * Reads every setting now; sends nothing, unless a `check` of the app's does. Never rejects.
   */
  check(): Promise<SettingsReport>;
}

const LONGEST_WAIT_SECONDS = 25;

/**
 * Builds the routes. Does no I/O: a missing key, secret or package is reported by `check()`, and by the first request that needs it.
 * They send no CORS headers: native apps need none, nor does a web app on the same origin.
 *
 * @throws `VideoError` `not-configured` when the runtime lacks something that they need, and for an option that there is none of.
 * @example
 * const routes = createVideoRoutes({
 *   authenticate: async (request) => ({ userId: await userOf(request) }),
 *   providers: [falProvider({ credentials: () => process.env.FAL_KEY })],
 *   signingSecret: () => process.env.VIDEO_SIGNING_SECRET,
 * });
 * export const POST = routes.generateVideo;
 */
export function createVideoRoutes(options: VideoRoutesOptions): VideoRoutes {
  const { clock = systemClock, pricing = { quoteVideo }, routing, webhooks } = options;
  const onEvent = createEventSink(options.onEvent, clock);
  checkRuntime("createVideoRoutes");
  checkOptionNames(options);
  checkRouting(routing);
  const models = soldModels(options.lifecycles);
  const longestWaitSeconds = Math.min(options.longestWaitSeconds ?? LONGEST_WAIT_SECONDS, LONGEST_WAIT_SECONDS);
  const handles = createRequestHandles({ ...options, clock });
  const waitFor = createWaitFor(clock, options.waitLimits);
  const { inMemory, ...stores } = chooseStores(options, clock);
  const askStore = createAskStore({ waitFor, inMemory, onEvent });
  const once = createAnswerOnce({ store: stores.idempotency, clock, askStore, onEvent });
  const context = {
    authenticate: withInternalCaller({ ...options, onEvent }),
    limitRate: createLimitRate(options.rateLimits ?? {}, { limiter: stores.limiter, askStore }),
    waitFor,
    onEvent,
  };
  const shared = {
    ...options,
    onEvent,
    clock,
    waitFor,
    pricing,
    models,
    handles,
    once,
    longestWaitSeconds,
    canWait: longestWaitSeconds > 0,
    jobs: createWatchedJobs(clock),
  };
  const submit = { ...shared, webhookUrlOf: webhookUrlOf(webhooks ?? {}) };
  const check = async (): Promise<SettingsReport> => await checkRoutes(options, waitFor);
  const protect = (route: Route): RouteHandler => protectRoute(route, context);
  return {
    generateVideo: protect(generateVideoRoute(submit)),
    videoStatus: protect(videoStatusRoute(shared)),
    cancelVideo: protect(cancelVideoRoute(shared)),
    presignUpload: protect(presignUploadRoute(options.uploads, waitFor)),
    extractFirstFrame: protect(extractFirstFrameRoute(options.firstFrames, waitFor)),
    models: protect(modelsRoute(pricing, models)),
    webhook: webhookRoute({ ...shared, memory: stores.webhookMemory, askStore }),
    health: healthRoute({ check, clock, cronSecret: options.cronSecret }),
    check,
  };
}
