// What an app says of its server's routes: plain data and pure functions. Types only.
import type { ResolvedVideoRequest, VideoModelId } from "@video-engine/video-models";
import type { Job } from "../ports.ts";

/** A POST with a JSON body. The path is relative to the base URL; members of the body that are undefined are left out. */
export interface RouteCall {
  readonly path: string;
  readonly body: object;
}

/** A GET. The path is relative to the base URL; members of the query that are undefined are left out. */
export interface RouteQuestion {
  readonly path: string;
  readonly query: Readonly<Record<string, string | undefined>>;
}

/** A job, as its route named it: with the `endpoint` of the answer, if it brought one. */
export interface RoutedJob extends Job {
  /** The model that makes the video. */
  readonly model: VideoModelId;
  /** The model as the body of the submit named it. */
  readonly modelId: string;
}

/** A file that an address is asked for. */
export interface FileToUpload {
  /** MIME type. */
  readonly contentType: string;
  /** Bytes; undefined where they are not known. */
  readonly contentLength: number | undefined;
}

/** A route: the path of one that takes what the plan's takes, or a function of your own. A function must be pure, and must not throw. */
export type Route<Given, Sent> = string | ((given: Given) => Sent);

/**
 * Which requests the app's server takes. What is left out is as in `planRoutes`, so `{ cancel: "api/mobile/cancel-video" }` is a whole map,
 * and `{ ...deployedMobileRoutes, presign: "api/presign" }` another.
 */
export interface RouteMap {
  /** The paid call. Default `api/mobile/generate-video`. */
  readonly submit?: Route<ResolvedVideoRequest, RouteCall> | undefined;
  /** Where a job is asked about. Default `api/mobile/video-status`. */
  readonly status?: Route<RoutedJob, RouteQuestion> | undefined;
  /** Default: none, so nothing can be canceled at the provider. The route of `./server` is usually at `api/mobile/cancel-video`. */
  readonly cancel?: Route<RoutedJob, RouteCall> | undefined;
  /** Where addresses for attached files are given out. Default `api/mobile/r2-presign`. */
  readonly presign?: Route<FileToUpload, RouteCall> | undefined;
  /** Where addresses for finished videos are given out, to copy those that expire. Default `api/mobile/upload-video-presign`. */
  readonly presignVideo?: Route<FileToUpload, RouteCall> | undefined;
  /** Where a picture of a video's first frame is made. Default `api/mobile/extract-first-frame`; `false`: none is asked for. */
  readonly firstFrame?: Route<string, RouteCall> | false | undefined;
  /** The path at which `createServedCatalogue` asks for the server's models and prices. Default `api/mobile/models`. */
  readonly models?: string | undefined;
  /**
   * Members that each submit has beside its own, such as a token against robots. Called anew for each attempt. What throws, or takes longer
   * than 30 s, leaves the submit unsent: it is tried again.
   */
  readonly extraBody?: (() => ExtraBody | Promise<ExtraBody>) | undefined;
  /**
   * The statuses by which the status route says that a job has failed, with a JSON `{ error }`. Two equal answers, ten seconds apart (403: a
   * minute), the second to a fresh token, then end the job. Default: none, because the routes of `./server` say it with 200. 401, 408, 425,
   * 429 and 5xx are never believed.
   */
  readonly verdictStatuses?: readonly number[] | undefined;
  /**
   * True where the submit route honours `Idempotency-Key`, as the one of `./server` does. The key then also stands in the body, as
   * `idempotencyKey`, because a proxy may drop the header, beside the price that the user was told, as `credits`. Left out: a submit is
   * sent once, with the header and the fields of the contract alone. False, where it is known that the route honours no key: without the header too.
   */
  readonly isSubmitRepeatable?: boolean | undefined;
  /** True where the presign route wants `contentLength` too, as that of `./server` can. Default false: the deployed one knows the type only. */
  readonly isUploadLengthSent?: boolean | undefined;
}

/** Further members of a submit's body. */
export type ExtraBody = Readonly<Record<string, unknown>>;
