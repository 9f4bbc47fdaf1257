// What the routes tell the app's own log. Types only. Nothing here reaches the caller of a route.
import type { VideoModelId, VideoProviderId } from "@video-engine/video-models";
import type { VideoError, VideoErrorData } from "../errors.ts";

/** Names of the routes. */
export type VideoRouteName =
  | "generate-video"
  | "video-status"
  | "cancel-video"
  | "presign-upload"
  | "extract-first-frame"
  | "webhook";

/** Something worth logging. `cause` and `error.cause` may hold a provider's answer, which can repeat the user's prompt. */
export type VideoServerEvent =
  | {
      readonly type: "job-accepted";
      readonly userId: string;
      readonly modelId: VideoModelId;
      readonly provider: VideoProviderId;
      /** The provider's own id of the job, here and below; not the signed one that the user is given. */
      readonly requestId: string;
      /** What the video costs by the server's own count. */
      readonly credits: number;
    }
  | {
      /** A provider certainly did not take a job of a model that has others. */
      readonly type: "provider-refused";
      readonly userId: string;
      readonly modelId: VideoModelId;
      readonly provider: VideoProviderId;
      readonly error: VideoError;
      /** Who is asked instead. Undefined: nobody is left, and the request failed. */
      readonly next: VideoProviderId | undefined;
    }
  | {
      /** A submit whose Idempotency-Key is known: it was answered as the first time, and nothing was sent. */
      readonly type: "submit-repeated";
      readonly userId: string;
    }
  | {
      /** The idempotency store failed after a submit. The user has the answer; the same submit will not get it again. */
      readonly type: "answer-not-kept";
      readonly userId: string;
      readonly cause: unknown;
    }
  | {
      /** The internal caller was let in as this user. */
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
      /** A finished video could not be copied, so the user was given the provider's URL, which may not last. */
      readonly type: "rehost-failed";
      readonly userId: string;
      readonly modelId: VideoModelId;
      readonly provider: VideoProviderId;
      readonly cause: unknown;
    }
  | {
      /** A genuine webhook that nothing was done for. To the provider it looks like any other. */
      readonly type: "webhook-ignored";
      readonly provider: VideoProviderId;
      readonly requestId: string;
      readonly reason: "repeated" | "unknown-job";
    }
  | {
      /** A route answered with an error. `userId` is missing when nobody was signed in yet. */
      readonly type: "request-failed";
      readonly route: VideoRouteName;
      readonly userId?: string;
      readonly error: VideoError;
    };

/** Takes an event. What it throws is ignored: a log must not cost a job. */
export type VideoServerListener = (event: VideoServerEvent) => void;

/** Tells a listener, if there is one. Never throws. */
export function tell(listener: VideoServerListener | undefined, event: VideoServerEvent): void {
  try {
    listener?.(event);
  } catch {
    // See VideoServerListener.
  }
}
