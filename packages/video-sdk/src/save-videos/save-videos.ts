// The app's own step between a video and its row, as types only.
import type { VideoModelId } from "@video-engine/video-models";
import type { Job } from "../ports.ts";

/** A video to send to the app's storage: its bytes, or the place on the device that it is streamed from. */
export type VideoFile = Blob | { readonly uri: string; readonly byteLength?: number | undefined };

/** What a {@link SaveVideos} is told, and can use. */
export interface SaveVideosContext {
  /** The job at the provider. Undefined where the route answered with the video at once. */
  readonly job: Job | undefined;
  readonly model: VideoModelId;
  /** Aborted at the deadline and at `dispose()`: the answer is then no longer wanted. */
  readonly signal: AbortSignal;
  /**
   * Sends a video to the app's storage, by the presign route for videos and the engine's own `http` and `platform.put`, and returns its lasting
   * https URL. Rejects with a `VideoError`. One try.
   */
  upload(video: VideoFile): Promise<string>;
}

/**
 * Saves the videos of a finished job elsewhere. Returns one address for each of them, in their order: https, or the very one that it was given.
 * Called before the row shows the videos, and again at a later start after it was interrupted or has failed, so the same job may come up to
 * five times, the last two not before ten minutes and an hour. An error with the code `not-found` says that the videos are gone: then it is not called for them again. One with the code
 * `unreachable` says that there was no network: then the next start tries again however often that was, for a week.
 */
export type SaveVideos = (
  videos: readonly string[],
  context: SaveVideosContext,
) => readonly string[] | PromiseLike<readonly string[]>;
