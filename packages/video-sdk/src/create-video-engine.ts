// The composition root: the app's Convex client and HTTP client in, an engine out. Nothing is decided here.
import type { VideoPricing } from "@video-engine/video-models";
import { createFirstFrameFinder } from "./after-success/create-first-frame-finder.ts";
import { createFileUploader } from "./attachments/create-file-uploader.ts";
import { putBy } from "./attachments/default-put.ts";
import type { ServedCatalogue } from "./catalogue/create-served-catalogue.ts";
import type { GivenModels } from "./catalogue/create-sold-models.ts";
import { checkEngineOptions } from "./check-engine-options.ts";
import { composeEngine, type VideoEngine } from "./compose-engine.ts";
import type { ConvexClientLike } from "./convex/convex-client-like.ts";
import type { BackendRefusal } from "./convex/call-function.ts";
import { createConvexLedger, type ConvexLedgerOptions } from "./convex/create-convex-ledger.ts";
import { createConvexSessionReader, type SessionEdits } from "./convex/create-convex-session-reader.ts";
import type { RefusedFields } from "./convex/optional-fields.ts";
import { defaultPollingPolicy, type PollingPolicy } from "./core/polling-policy.ts";
import type { RetryLimits } from "./core/retry-limits.ts";
import { createDurationStore } from "./engine/duration-store.ts";
import type { VideoEngineEvent } from "./engine/engine-event.ts";
import { loggedEvent } from "./engine/logged-event.ts";
import type { OutcomeCallbacks } from "./engine/outcome-callbacks.ts";
import type { Persistence } from "./engine/recovery.ts";
import type { VideoSentences } from "./sentence-of.ts";
import { createCallbackGuard } from "./guard-callbacks.ts";
import { createHttpVideoApi } from "./http/create-http-video-api.ts";
import type { RouteMap } from "./http/route-map.ts";
import type { Http } from "./http/send.ts";
import { canCompareAndSet } from "./platform/lease.ts";
import { createLocalLocks } from "./platform/local-locks.ts";
import { createStorageLocks } from "./platform/storage-locks.ts";
import { systemPlatform } from "./platform/system.ts";
import { createVideoSaver } from "./save-videos/create-video-saver.ts";
import { createVideoUpload } from "./save-videos/create-video-upload.ts";
import type { SaveVideos } from "./save-videos/save-videos.ts";
import type { PutFile } from "./file-ports.ts";
import type { GenerationLocks, KeyValueStorage, Lifecycle, TabChannel, VideoPlatform } from "./platform-ports.ts";

/**
 * What a runtime brings to the engine: `webPlatform()` in a browser, `reactNativePlatform({ ... })` in a React Native app, members of your own
 * elsewhere. What is left out has a default that works everywhere.
 */
export interface EnginePlatform extends Partial<VideoPlatform> {
  /**
   * Stores generations, so that `resume()` goes on with them after the app was closed: AsyncStorage, localStorage or anything with their three
   * methods. Needs `user`. Left out: nothing survives the process.
   */
  readonly storage?: KeyValueStorage | undefined;
  /**
   * Decides which engine runs a generation, among all that share the storage. Default: leases in the storage where it can compare and set, or
   * else this engine alone.
   */
  readonly locks?: GenerationLocks | undefined;
  /** Tells when the device is offline or the app in the background. Default: never. */
  readonly lifecycle?: Lifecycle | undefined;
  /** Messages between the tabs that share the storage, so that one of them goes on when another is closed. */
  readonly tabChannel?: TabChannel | undefined;
  /**
   * Sends files that have a `uri`. Blobs, and files without it, are sent by XMLHttpRequest where there is one, because it reports progress, or
   * else by the `fetch` of `http`, and without one by the runtime's. Never by a ky instance, which would send the user's token along.
   */
  readonly put?: PutFile | undefined;
  /**
   * How many questions about jobs the server may hold at once; the others are asked plainly. Default: no limit, and 3 in `webPlatform()` and
   * `reactNativePlatform()`: a browser opens six connections to a server of HTTP/1.1, Android five requests to any server, and a held question
   * takes one for 24 seconds that the next submit would wait for.
   */
  readonly maxHeldQuestions?: number | undefined;
}

type BackendOption =
  | ("takesOperationIds" | "exactlyOnce" | "isOnlyWriter")
  | ("videosAs" | "fields" | "deleteFailedRow");

/**
 * The options of {@link createVideoEngine}. Only `convex` and `http` are needed.
 */
export interface VideoEngineOptions extends OutcomeCallbacks {
  /** ConvexReactClient, ConvexClient, ConvexHttpClient, or anything with their `mutation()`. Signed in as the user. */
  readonly convex: ConvexClientLike;
  /** The app's ky instance (with its prefix and token hook), or `{ baseUrl, getToken }`, which sends by the runtime's fetch. */
  readonly http: Http;
  /**
   * The app's generated `api`.
   *
   * @default functionsByName()
   */
  readonly functions?: ConvexLedgerOptions["functions"];
  /** What the runtime brings. Left out: memory, and the runtime's clock, random numbers and ids. */
  readonly platform?: EnginePlatform | undefined;
  /**
   * The id of the signed-in user. Records are kept per user, and one user's engine never settles another's books: make a new engine at
   * sign-in. Needed with a storage.
   */
  readonly user?: string | undefined;
  /** What the functions take and promise. Default: exactly the arguments of the shipped clients, videos stored as strings. */
  readonly backend?: (Pick<ConvexLedgerOptions, BackendOption> & SessionEdits) | undefined;
  /**
   * Which requests the server takes: `planRoutes`, `deployedMobileRoutes`, `deployedWebRoutes({ ... })` or a map of your own. What a map leaves
   * out is as in `planRoutes`.
   *
   * @default planRoutes
   */
  readonly routes?: RouteMap | undefined;
  /**
   * Saves the videos of each finished job elsewhere before their row shows them, such as `copyTemporaryVideos({ hosts })`. A server that copies
   * them by itself (`rehost`) does that better: without the phone's data, and also when the app is closed. Where it fails, the row shows the
   * provider's address, and the next start tries again.
   */
  readonly saveVideos?: SaveVideos | undefined;
  /**
   * Milliseconds until a call of `saveVideos` counts as failed, at most an hour.
   *
   * @default 120_000
   */
  readonly saveVideosDeadlineMs?: number | undefined;
  /**
   * When to ask about a job.
   *
   * @default defaultPollingPolicy
   */
  readonly polling?: PollingPolicy | undefined;
  /** How often a call is tried before it is given up. */
  readonly retries?: Partial<RetryLimits> | undefined;
  /**
   * How many ended generations stay in `list()` and `get()`: the last ones, about two kilobytes each. One whose credits, slot or row may still
   * have to be settled stays beside them until it is.
   *
   * @default 1_000
   */
  readonly keepEnded?: number | undefined;
  /** The models to sell, instead of all of this release: `createRegistry([veo, kling])`, or `mergeCatalogue(json)` with the prices of that. */
  readonly registry?: GivenModels | undefined;
  /**
   * The models and prices of the app's server: `createServedCatalogue({ http, storage })`. A released app learns from it of new models, of
   * retirements and of prices. It is loaded when the engine resumes and when the app comes back.
   */
  readonly catalogue?: ServedCatalogue | undefined;
  /** Replaces the prices. Must be those of the server. With a `catalogue` they count until that brings some. */
  readonly pricing?: VideoPricing | undefined;
  /**
   * What users read in the place of the sentences of `VIDEO_ERRORS`, by code: a text, or a function of the error. In `engine.sentenceOf`, the hooks
   * and the tiles; `message`, and what is written to a row, stay English. Default: each error's own message.
   *
   * @example
   * sentences: { "rate-limited": "Zu viele Anfragen.", "upload-failed": ({ details }) => t(`file.${details?.rule}`) }
   */
  readonly sentences?: VideoSentences | undefined;
  /** The engine's only logging: typed, and free of prompts, URLs and tokens. */
  readonly onEvent?: ((event: VideoEngineEvent) => void) | undefined;
}

/** Options of {@link createVideoEngine} for generations that run elsewhere. What only a machine of the client's own needs is left out. */
export interface DrivenEngineOptions
  extends
    OutcomeCallbacks,
    Pick<
      VideoEngineOptions,
      "functions" | "user" | "routes" | "keepEnded" | "registry" | "catalogue" | "pricing" | "sentences" | "onEvent"
    > {
  /** ConvexReactClient or ConvexClient, signed in as the user. */
  readonly convex: ConvexClientLike;
  /** `convexDriver(api.video)` of `@video-engine/video-sdk/driven`. */
  readonly driver: EngineDriver;
  /** For attached files alone. Left out: requests have https URLs. */
  readonly http?: Http | undefined;
  /** The storage is for the last-used settings alone. */
  readonly platform?: EnginePlatform | undefined;
  /** How the rows of the app's sessions are read, and what may be done with them. */
  readonly backend?: (Pick<ConvexLedgerOptions, "videosAs"> & SessionEdits) | undefined;
}

/** Makes an engine of generations that run elsewhere. */
export type EngineDriver = (options: DrivenEngineOptions) => VideoEngine;

/**
 * Builds an engine. Does no I/O and starts no timer, so it may stand in a module.
 *
 * @throws `VideoError` `not-configured` for an option that cannot work, naming it, its value and the fix.
 * @example
 * const engine = createVideoEngine({
 *   convex: new ConvexReactClient(url),
 *   http: { baseUrl: "https://app.example", getToken: () => getToken() },
 *   platform: webPlatform(),
 *   user: userId,
 * });
 */
export function createVideoEngine(options: VideoEngineOptions | DrivenEngineOptions): VideoEngine {
  if (isDriven(options)) return options.driver(options);
  checkEngineOptions(options);
  const { convex, http, functions, backend, routes, polling = defaultPollingPolicy, pricing } = options;
  const { platform: given = {}, user, retries, onEvent, onSuccess, onError, onSettled } = options;
  const owner = { user, prompts: () => engine.list().map(({ prompt }) => prompt) };
  const say = (event: VideoEngineEvent): void => onEvent?.(loggedEvent(event, owner));
  const guard = createCallbackGuard(say);
  const report = (event: VideoEngineEvent): void => guard.run("onEvent", () => say(event));
  const onRefused = ({ key, ...refusal }: BackendRefusal): void =>
    report({ type: "backend-refused", id: key?.replace(OPERATION, ""), ...refusal });
  const onFieldsRefused = (refused: RefusedFields): void => report({ type: "fields-refused", ...refused });
  const platform = guard.platform(given, systemPlatform);
  const { clock } = platform;
  const put = putBy(given.put, http);
  const { saveVideos, saveVideosDeadlineMs: deadlineMs } = options;
  const engine = composeEngine({
    ledger: createConvexLedger({ client: convex, clock, functions, ...backend, onRefused, onFieldsRefused }),
    api: createHttpVideoApi({ http, clock, routes, maxHeldQuestions: given.maxHeldQuestions }),
    uploader: createFileUploader({ http, clock, put, routes }),
    saveVideos:
      saveVideos &&
      createVideoSaver({ saveVideos, clock, deadlineMs, upload: createVideoUpload({ http, clock, put, routes }) }),
    findFirstFrame: routes?.firstFrame === false ? undefined : createFirstFrameFinder({ http, clock, routes }),
    reader: createConvexSessionReader({ ...backend, client: convex, functions }),
    settings: { storage: given.storage, user, onFailed: (cause) => guard.tell("platform.storage", cause) },
    platform,
    polling,
    retries,
    numberCalls: backend?.exactlyOnce?.numberCalls,
    keepEnded: options.keepEnded,
    persistence: persistenceOf(options, platform, report),
    durations: given.storage && createDurationStore(given.storage),
    lifecycle: given.lifecycle,
    registry: options.registry,
    catalogue: options.catalogue,
    quote: pricing?.quoteVideo,
    sentences: options.sentences,
    onSentenceFailed: (cause) => guard.tell("sentences", cause),
    onEvent: onEvent && report,
    onSuccess,
    onError,
    onSettled,
  });
  return engine;
}

/** Also of options that are none, which the check refuses. */
function isDriven(options: VideoEngineOptions | DrivenEngineOptions): options is DrivenEngineOptions {
  return typeof options === "object" && options !== null && "driver" in options && typeof options.driver === "function";
}

/** What `core/operation-key.ts` and the retries of an adapter append to a generation's id. */
const OPERATION = /:[a-z-]+(?::plain|:mark)?$/;

function persistenceOf(
  { platform: { storage, locks, tabChannel } = {}, user }: VideoEngineOptions,
  platform: VideoPlatform,
  report: (event: VideoEngineEvent) => void,
): Persistence | undefined {
  if (storage === undefined || user === undefined) return undefined;
  return {
    storage,
    user,
    locks: locks ?? locksIn(storage, platform),
    onUnreadable: (record) => report({ type: "record-unreadable", ...record }),
    tabChannel,
  };
}

function locksIn(storage: KeyValueStorage, platform: VideoPlatform): GenerationLocks {
  return canCompareAndSet(storage) ? createStorageLocks({ storage, platform }) : createLocalLocks();
}
