// The composition root: the app's Convex client and HTTP client in, an engine out. Nothing is decided here.
import type { createPricing } from "@video-engine/video-models";
import { createFirstFrameFinder } from "./after-success/create-first-frame-finder.ts";
import { createFileUploader } from "./attachments/create-file-uploader.ts";
import { defaultPut } from "./attachments/default-put.ts";
import { composeEngine, type VideoEngine } from "./compose-engine.ts";
import type { ConvexClientLike } from "./convex/convex-client-like.ts";
import { createConvexLedger, type ConvexLedgerOptions } from "./convex/create-convex-ledger.ts";
import { createConvexSessionReader } from "./convex/create-convex-session-reader.ts";
import { defaultPollingPolicy, type PollingPolicy } from "./core/polling-policy.ts";
import type { VideoEngineEvent } from "./engine/engine-event.ts";
import type { Persistence } from "./engine/recovery.ts";
import { VideoError } from "./errors.ts";
import { createHttpVideoApi, type HttpVideoApiOptions } from "./http/create-http-video-api.ts";
import type { Http } from "./http/send.ts";
import { canCompareAndSet } from "./platform/lease.ts";
import { createLocalLocks } from "./platform/local-locks.ts";
import { createStorageLocks } from "./platform/storage-locks.ts";
import { systemPlatform } from "./platform/system.ts";
import type { GenerationLocks, KeyValueStorage, Lifecycle, PutFile, TabChannel, VideoPlatform } from "./ports.ts";

/** Where the routes are, relative to the base URL, and what the server has promised of them. */
export interface VideoRouteOptions
  extends Pick<HttpVideoApiOptions, "isSubmitRepeatable">, NonNullable<HttpVideoApiOptions["paths"]> {
  /** Where addresses for uploads are given out. Default `api/mobile/r2-presign`. */
  readonly presign?: string;
  /** True where that route wants `contentLength` too, as that of `./server` can. Default false: the deployed one knows the type only. */
  readonly isUploadLengthSent?: boolean;
  /** Where a picture of a video's first frame is made. Default `api/mobile/extract-first-frame`; `false`: none is asked for. */
  readonly firstFrame?: string | false;
}

/** What an app passes. Only `convex` and `http` are needed. */
export interface VideoEngineOptions extends Partial<VideoPlatform> {
  /** ConvexReactClient, ConvexClient, ConvexHttpClient, or anything with their `mutation()`. Signed in as the user. */
  readonly convex: ConvexClientLike;
  /** The app's ky instance (with its prefix and token hook), or `{ baseUrl, getToken }`. */
  readonly http: Http;
  /** The app's generated `api`. Default: references by name. */
  readonly functions?: NonNullable<ConvexLedgerOptions["functions"]>;
  /** What the owner of the backend has said of it. Default: exactly the deployed functions, videos stored as strings. */
  readonly backend?: Pick<ConvexLedgerOptions, "takesOperationIds" | "isOnlyWriter" | "videosAs">;
  /** Where the routes are, and what the server has promised of them. */
  readonly routes?: VideoRouteOptions;
  /** When to ask about a job. Default: {@link defaultPollingPolicy}. */
  readonly polling?: PollingPolicy;
  /** Replaces the prices. Must be those of the server. */
  readonly pricing?: ReturnType<typeof createPricing>;
  /**
   * Where generations are persistence, so that `resume()` takes them up after the app was closed: AsyncStorage, localStorage or anything with
   * their three methods. Needs `user`. Left out: nothing survives the process.
   */
  readonly storage?: KeyValueStorage;
  /** Whose engine this is. Records are kept per user, and one user's engine never settles another's books: make a new engine at sign-in. */
  readonly user?: string;
  /**
   * Who drives a generation, among everything that shares the storage. Default: {@link createStorageLocks} where the storage can compare and
   * set, or else this engine alone.
   */
  readonly locks?: GenerationLocks;
  /** When the device is offline or the app in the background. Default: never. */
  readonly lifecycle?: Lifecycle;
  /** Word among the tabs that share the storage, so that one of them goes on when another is closed. */
  readonly tabChannel?: TabChannel;
  /**
   * Sends files that have a `uri`, as a React Native platform's uploader does. Blobs, and files without it, are sent by XMLHttpRequest
   * where there is one, because it tells the progress, or else by the runtime's fetch.
   */
  readonly put?: PutFile;
  /** The engine's only logging: typed, and free of prompts, URLs and tokens. */
  readonly onEvent?: (event: VideoEngineEvent) => void;
}

/** Builds an engine. Does no I/O and starts no timer, so it may stand in a module. Throws `not-configured` for a storage without a user. */
export function createVideoEngine(options: VideoEngineOptions): VideoEngine {
  const { convex, http, functions, backend, routes = {}, polling = defaultPollingPolicy, pricing } = options;
  const { clock = systemPlatform.clock, random = systemPlatform.random, createId = systemPlatform.createId } = options;
  const { isSubmitRepeatable, presign, isUploadLengthSent, firstFrame, ...paths } = routes;
  const { storage, user, put, lifecycle, onEvent } = options;
  const platform = { clock, random, createId };
  return composeEngine({
    ledger: createConvexLedger({ client: convex, clock, functions, ...backend }),
    api: createHttpVideoApi({ http, clock, paths, isSubmitRepeatable }),
    uploader: createFileUploader({
      http,
      clock,
      put: putBy(put),
      presignPath: presign,
      isLengthSent: isUploadLengthSent,
    }),
    findFirstFrame:
      firstFrame === false ? undefined : createFirstFrameFinder({ http, clock, path: firstFrame || undefined }),
    reader: createConvexSessionReader({ client: convex, functions }),
    settings: { storage, user },
    platform,
    polling,
    persistence: toPersistence(options, platform),
    lifecycle,
    quote: pricing?.quoteVideo,
    onEvent,
  });
}

function putBy(native: PutFile | undefined): PutFile {
  const otherwise = defaultPut();
  return (input) => (native !== undefined && "uri" in input.file.source ? native(input) : otherwise(input));
}

function toPersistence(
  { storage, user, locks, tabChannel, onEvent }: VideoEngineOptions,
  platform: VideoPlatform,
): Persistence | undefined {
  if (storage === undefined) return undefined;
  if (user !== undefined && user !== "") {
    return {
      storage,
      user,
      locks: locks ?? locksIn(storage, platform),
      onUnreadable: (record) => onEvent?.({ type: "record-unreadable", ...record }),
      tabChannel,
    };
  }
  throw new VideoError("not-configured", {
    message: "createVideoEngine was given a storage and no user: pass the signed-in user's id as `user`.",
  });
}

function locksIn(storage: KeyValueStorage, platform: VideoPlatform): GenerationLocks {
  return canCompareAndSet(storage) ? createStorageLocks({ storage, platform }) : createLocalLocks();
}
