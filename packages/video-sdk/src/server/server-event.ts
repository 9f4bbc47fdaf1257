// What the routes report to the app's own log. Nothing here reaches the caller of a route.
import type { VideoModelId, VideoProviderId } from "@video-engine/video-models";
import type { VideoError, VideoErrorData } from "../errors.ts";

/** The names of the routes. */
export type VideoRouteName =
  | "generate-video"
  | "video-status"
  | "cancel-video"
  | "presign-upload"
  | "extract-first-frame"
  | "models"
  | "webhook";

/** An event for the log. `cause` and `error.cause` may hold a provider's answer, which can repeat the user's prompt. */
export type VideoServerEvent =
  | {
      readonly type: "job-accepted";
      readonly userId: string;
      readonly modelId: VideoModelId;
      readonly provider: VideoProviderId;
      /** The provider's own id of the job, here and below; not the signed id that the user gets. */
      readonly requestId: string;
      /** The price as the server computed it. */
      readonly credits: number;
    }
  | {
      /** A provider certainly did not take the job, and the model has other providers. */
      readonly type: "provider-refused";
      readonly userId: string;
      readonly modelId: VideoModelId;
      readonly provider: VideoProviderId;
      readonly error: VideoError;
      /** The provider that is tried next. Undefined: none is left, and the request failed. */
      readonly next: VideoProviderId | undefined;
    }
  | {
      /** A submit with a known Idempotency-Key. It got the first answer again, and nothing was sent. */
      readonly type: "submit-repeated";
      readonly userId: string;
    }
  | {
      /** The idempotency store failed after a submit. The user has the answer, but the same submit will not get it again. */
      readonly type: "answer-not-kept";
      readonly userId: string;
      readonly cause: unknown;
    }
  | {
      /** The internal caller acted as this user. */
      readonly type: "acted-for-user";
      readonly userId: string;
    }
  | {
      /** The provider's verdict on a job. */
      readonly type: "job-failed";
      readonly userId: string;
      readonly modelId: VideoModelId;
      readonly provider: VideoProviderId;
      readonly requestId: string;
      readonly error: VideoErrorData;
      readonly cause: unknown;
    }
  | {
      /** A provider calls a job finished, in a shape that no video could be read from. The job stays pending until the client's limits. */
      readonly type: "result-unread";
      readonly userId: string;
      readonly modelId: VideoModelId;
      readonly provider: VideoProviderId;
      readonly requestId: string;
      /** The keys of the answer and the types of their values, as JSON. No values. */
      readonly shape: string;
    }
  | {
      /** A finished video could not be copied, so the user got the provider's URL, which may expire; or nothing, where that URL may not be passed on. */
      readonly type: "rehost-failed";
      readonly userId: string;
      readonly modelId: VideoModelId;
      readonly provider: VideoProviderId;
      readonly cause: unknown;
    }
  | {
      /** A genuine webhook that was ignored. The provider gets the same answer as for any other. */
      readonly type: "webhook-ignored";
      readonly provider: VideoProviderId;
      readonly requestId: string;
      readonly reason: "repeated" | "unknown-job";
    }
  | {
      /** A route answered with an error. `userId` is undefined when the caller was not signed in yet. */
      readonly type: "request-failed";
      readonly route: VideoRouteName;
      readonly userId?: string | undefined;
      readonly error: VideoError;
    };

/** Called with each event. What it throws, or a promise of it rejects with, is ignored: a failing log must not fail a job. */
export type VideoServerListener = (event: VideoServerEvent) => Promise<void> | void;

/** Calls the listener, if there is one. Never throws, and leaves no rejection unhandled. */
export function tell(listener: VideoServerListener | undefined, event: VideoServerEvent): void {
  new Promise((resolve) => resolve(listener?.(event))).catch(() => undefined);
}
