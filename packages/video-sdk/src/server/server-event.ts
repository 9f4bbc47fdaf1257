// What the routes report to the app's own log. Nothing here reaches the caller of a route, and nothing of it holds a prompt, an address or a token.
import type { VideoModelId, VideoProviderId } from "@video-engine/video-models";
import type { VideoError, VideoErrorData } from "../errors.ts";
import type { LoggedCause } from "../logged-error.ts";
import type { ProviderCancelAnswer } from "./providers/provider.ts";
import type { SignInRefusal } from "./sign-in-refusal.ts";

/** The names of the routes. */
export type VideoRouteName =
  | "generate-video"
  | "video-status"
  | "cancel-video"
  | "presign-upload"
  | "extract-first-frame"
  | "models"
  | "webhook";

/** What the routes keep between two requests: answers to submits, counted requests, and webhooks that were handled. */
export type VideoStoreName = "idempotency" | "limiter" | "webhookMemory";

/** What all events have. */
interface Happened {
  /** When, epoch milliseconds, by the routes' clock. */
  readonly at: number;
}

/** A submit: who pays for what. */
interface Submitted extends Happened {
  readonly userId: string;
  readonly modelId: VideoModelId;
  /** The Idempotency-Key, which our clients make the generation's id: it is also in their events and begins the keys in the backend's books. */
  readonly key: string | undefined;
  /** The price as the server computed it, in whole credits. */
  readonly credits: number;
}

/** The names of a job at a provider. */
export interface JobNames {
  /** Undefined where a provider's webhook told it: a webhook names no user. */
  readonly userId: string | undefined;
  readonly modelId: VideoModelId;
  readonly provider: VideoProviderId;
  /** The provider's own id of the job. Undefined where the provider answered with the video at once. */
  readonly requestId: string | undefined;
  /** The signed id that the user got, as it is in the row and in the client's events. It works for its user only. */
  readonly handle: string | undefined;
  /** As of the submit. Undefined for a submit without a key, and where a webhook told it. */
  readonly key: string | undefined;
}

type AboutJob = Happened & JobNames;

/** Why something failed, without its cause. */
interface Failed {
  readonly error: VideoErrorData;
  /** What lies beneath, or where our own error was made. */
  readonly cause?: LoggedCause | undefined;
}

/** An event for the log, ready for `JSON.stringify`. Branch on `type`. */
export type VideoServerEvent =
  | (Submitted & {
      /**
       * The paid call goes out next. Its end is `job-accepted`, `job-finished` or `provider-refused`. Where none follows under its key, a job may
       * exist that is not known of: its answer was lost, or its process died. `request-failed` is no end: it may answer a repeat of the submit.
       */
      readonly type: "submit-begun";
      readonly provider: VideoProviderId;
    })
  | (AboutJob & {
      readonly type: "job-accepted";
      readonly userId: string;
      readonly credits: number;
    })
  | (Submitted &
      Failed & {
        /** A provider certainly did not take the job. */
        readonly type: "provider-refused";
        readonly provider: VideoProviderId;
        /** The provider that is tried next. Undefined: none is left, and the request failed. */
        readonly next: VideoProviderId | undefined;
      })
  | (Happened & {
      /** A submit with a known Idempotency-Key. It got the first answer again, and nothing was sent. */
      readonly type: "submit-repeated";
      readonly userId: string;
      readonly key: string;
    })
  | (Happened & {
      /** The idempotency store failed after a submit. The user has the answer, but the same submit will not get it again. */
      readonly type: "answer-not-kept";
      readonly userId: string;
      readonly key: string;
      readonly cause: LoggedCause;
    })
  | (Happened & {
      /** A store failed, or did not answer in time. The request was refused before anything was paid for, unless `answer-not-kept` follows. */
      readonly type: "store-failed";
      readonly store: VideoStoreName;
      /** Undefined for a webhook, which has no user. */
      readonly userId?: string | undefined;
      readonly cause: LoggedCause;
    })
  | (Happened & {
      /**
       * These stores are in the memory of this process, so a second instance, or a process that is killed, forgets what was promised. Told once,
       * with the first request, unless NODE_ENV is `development` or `test`.
       */
      readonly type: "memory-stores-used";
      readonly stores: readonly VideoStoreName[];
    })
  | (Happened & {
      /** The internal caller acted as this user. */
      readonly type: "acted-for-user";
      readonly userId: string;
    })
  | (Happened & {
      /** Somebody was not let in, and why. The caller got 401 without a reason. */
      readonly type: "sign-in-refused";
      readonly route: VideoRouteName;
      readonly reason: SignInRefusal;
      readonly cause?: LoggedCause | undefined;
    })
  | (AboutJob & {
      /** The provider made the video. Told with each answer that says so: a client may ask twice. */
      readonly type: "job-finished";
      /** How many videos the user got. */
      readonly videos: number;
    })
  | (AboutJob &
      Failed & {
        /** The provider's verdict on a job, or a video that may not be passed on. */
        readonly type: "job-failed";
      })
  | (AboutJob & {
      /** A provider's answer to a cancel. `removed` is the end of the job; after the others its status tells how it ends. */
      readonly type: "job-canceled" | "cancel-answered";
      readonly answer: ProviderCancelAnswer;
    })
  | (AboutJob & {
      /** A provider calls a job finished, in a shape that no video could be read from. The job stays pending until the client's limits. */
      readonly type: "result-unread";
      /** The keys of the answer and the types of their values, as JSON. No values. */
      readonly shape: string;
    })
  | (AboutJob & {
      /** A finished video could not be copied, so the user got the provider's URL, which may expire; or nothing, where that URL may not be passed on. */
      readonly type: "rehost-failed";
      readonly cause: LoggedCause;
    })
  | (AboutJob & {
      /** The address of a finished video may not reach a user as it is. */
      readonly type: "url-refused";
      /** Why, as the rest of "because ...". */
      readonly why: string;
      /** The host, to allow it or not. Undefined where there is none. */
      readonly host: string | undefined;
      /** It breaks a rule of safety, so it is not copied either. */
      readonly isForbidden: boolean;
    })
  | (Happened & {
      /** A genuine webhook that was ignored. The provider gets the same answer as for any other. */
      readonly type: "webhook-ignored";
      readonly provider: VideoProviderId;
      readonly requestId: string;
      readonly reason: "repeated" | "unknown-job";
    })
  | (Happened &
      Failed & {
        /** A route answered with an error. What is not known yet is undefined: the user before the sign-in, the key before the body is read. */
        readonly type: "request-failed";
        readonly route: VideoRouteName;
        readonly userId?: string | undefined;
        readonly key?: string | undefined;
        readonly handle?: string | undefined;
        readonly requestId?: string | undefined;
      });

/** Called with each event. What it throws, or a promise of it rejects with, is ignored: a failing log must not fail a job. */
export type VideoServerListener = (event: VideoServerEvent) => Promise<void> | void;

/** An event as the routes tell it: without its time, and with what was thrown as it is. */
export type ToldEvent = Told<VideoServerEvent>;

type Told<Event> = Event extends unknown
  ? { readonly [Name in keyof Event as Name extends "at" ? never : Name]: ToldMember<Name, Event[Name]> }
  : never;

type ToldMember<Name, Value> = Name extends "error"
  ? VideoError | VideoErrorData
  : Name extends "cause"
    ? unknown
    : Value;

/** Where events go. `known`: texts of the user that are not in the event, whatever an error repeats. Never throws. */
export type EventSink = (event: ToldEvent, known?: readonly string[]) => void;

/** Tells of an event, where there is somebody to tell. */
export function tell(sink: EventSink | undefined, event: ToldEvent, known?: readonly string[]): void {
  sink?.(event, known);
}
