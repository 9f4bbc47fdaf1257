// Copies the videos of a finished job to lasting URLs, where the app has set that up. Never fails a finished job.
import { tell, type EventSink, type JobNames } from "../server-event.ts";
import type { WaitFor } from "../wait-limits.ts";
import type { Rehost } from "./create-rehost.ts";

/** What re-hosting needs. */
export interface RehostVideosOptions {
  /** Left out: users get the provider's URLs. */
  readonly rehost?: Rehost | undefined;
  readonly waitFor: WaitFor;
  readonly onEvent?: EventSink | undefined;
}

/** Whose job it was, and where it was made. */
export type RehostedJob = JobNames & { readonly userId: string };

/** The URLs for the user, in order: lasting ones, and the provider's own where a copy failed. */
export async function rehostVideos(
  videos: readonly string[] | string,
  names: RehostedJob,
  { rehost, waitFor, onEvent }: RehostVideosOptions,
): Promise<readonly string[]> {
  // A provider that is not type-checked may name its one video without a list.
  const finished = typeof videos === "string" ? [videos] : videos;
  if (rehost === undefined) return finished;
  const { userId, modelId } = names;
  const lasting = async (videoUrl: string): Promise<string> => {
    try {
      const url: unknown = await waitFor("rehost", async () => await rehost(videoUrl, { userId, modelId }));
      // A function that is not type-checked may return nothing.
      if (typeof url === "string" && url !== "") return url;
      throw new TypeError("rehost returned no URL.");
    } catch (cause) {
      tell(onEvent, { type: "rehost-failed", ...names, cause });
      return videoUrl;
    }
  };
  return await Promise.all(finished.map(lasting));
}
