// One call of the app's `saveVideos`, with a deadline. It may throw at once, never answer, or answer with anything: one result comes of it.
import { whyNoCopies } from "../core/saving-videos.ts";
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { CallResult, VideoSaver } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { thrownErrorData } from "../thrown-error.ts";
import type { SaveVideos, SaveVideosContext } from "./save-videos.ts";

/** What saving needs. */
export interface VideoSaverOptions {
  readonly saveVideos: SaveVideos;
  readonly clock: Pick<Clock, "setTimeout" | "clearTimeout">;
  /** Milliseconds until a call counts as failed. Default {@link SAVE_VIDEOS_MS}. */
  readonly deadlineMs?: number | undefined;
  /** Sends a video to the app's storage. Aborted with the call. */
  upload(video: Parameters<SaveVideosContext["upload"]>[0], signal: AbortSignal): Promise<string>;
}

/** Two minutes, in milliseconds: 15 MB up and down at 2 Mbit/s. */
export const SAVE_VIDEOS_MS = 120_000;

/** A port over the app's callback. Never throws, and answers once, whatever the callback does. */
export function createVideoSaver(options: VideoSaverOptions): VideoSaver {
  const { saveVideos, clock, upload, deadlineMs = SAVE_VIDEOS_MS } = options;
  return async ({ videos, job, model }, outer) => {
    const controller = new AbortController();
    const { signal } = controller;
    const end = (): void => controller.abort();
    const ended = new Promise<CallResult<never>>((resolve) => {
      const onAbort = (): void => resolve(failure(outer.aborted ? CANCELED : lateAfter(deadlineMs)));
      signal.addEventListener("abort", onAbort);
    });
    if (outer.aborted) return failure(CANCELED);
    outer.addEventListener("abort", end);
    const timer = clock.setTimeout(end, deadlineMs);
    const call = async (): Promise<CallResult<readonly string[]>> => {
      try {
        // A copy of the list: what the callback does to it must not reach the journal.
        const context = { job, model, signal, upload: (video: Parameters<typeof upload>[0]) => upload(video, signal) };
        return copiesIn(await saveVideos([...videos], context), videos);
      } catch (cause) {
        return failure(thrownErrorData(cause));
      }
    };
    try {
      return await Promise.race([call(), ended]);
    } finally {
      clock.clearTimeout(timer);
      outer.removeEventListener("abort", end);
    }
  };
}

const CANCELED = videoErrorData("canceled");

function copiesIn(answer: unknown, videos: readonly string[]): CallResult<readonly string[]> {
  const why = whyNoCopies(answer, videos);
  if (why === undefined) return { ok: true, value: [...(answer as readonly string[])] }; // it was just looked at
  return failure(videoErrorData("result-unusable", { message: `saveVideos: ${why}` }));
}

function lateAfter(deadlineMs: number): VideoErrorData {
  return videoErrorData("upload-failed", {
    message: `saveVideos has not answered within ${deadlineMs / 1_000} s. Pass \`saveVideosDeadlineMs\` to wait longer.`,
  });
}

/** Saving twice is always safe, so a failure only says why. */
function failure(error: VideoErrorData): CallResult<never> {
  return { ok: false, certainty: "not-done", error };
}
