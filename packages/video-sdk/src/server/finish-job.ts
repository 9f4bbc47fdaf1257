// What a user gets of a job that has finished: the videos that may be passed on, copies of those that may not, or an error that names the limit.
import { unusableVideo } from "../unusable-video.ts";
import type { ProviderJobAnswer } from "./providers/provider.ts";
import type { WithheldVideo } from "./providers/sort-video-urls.ts";
import { rehostVideos, type RehostedJob, type RehostVideosOptions } from "./rehost/rehost-videos.ts";
import { isRetryable } from "./retry-read.ts";
import { tellRefusedUrls } from "./tell-answer.ts";
import { tell } from "./server-event.ts";

type Finished = Extract<ProviderJobAnswer, { kind: "finished" }>;

/**
 * The answer for the user. Fails only where no video at all can be passed on. Pending where a copy may still succeed: the next question tries it
 * again, and the client's limits end that.
 */
export async function finishJob(
  { videos, withheld = [] }: Finished,
  job: RehostedJob,
  options: RehostVideosOptions,
): Promise<ProviderJobAnswer> {
  tellRefusedUrls(withheld, job, options.onEvent);
  const [lasting, copies] = await Promise.all([
    rehostVideos(videos, job, options),
    Promise.all(withheld.map((video) => copyOf(video, job, options))),
  ]);
  const copied = copies.flatMap(({ url }) => url ?? []);
  const [first] = withheld;
  if (first === undefined || lasting.length + copied.length > 0)
    return { kind: "finished", videos: [...lasting, ...copied] };
  if (copies.some(({ isPassing }) => isPassing)) return { kind: "pending", status: "running" };
  const { why, isForbidden, url } = first;
  const error = unusableVideo(why, { provider: job.provider, url: isForbidden ? undefined : url });
  return { kind: "failed", error, cause: withheld };
}

interface Copy {
  readonly url?: string;
  /** It failed for a reason that may pass. */
  readonly isPassing?: boolean;
}

async function copyOf(
  video: WithheldVideo,
  job: RehostedJob,
  { rehost, waitFor, onEvent }: RehostVideosOptions,
): Promise<Copy> {
  if (rehost === undefined || video.isForbidden) return {};
  const { userId, modelId } = job;
  try {
    return { url: await waitFor("rehost", async () => await rehost(video.url, { userId, modelId })) };
  } catch (cause) {
    tell(onEvent, { type: "rehost-failed", ...job, cause });
    return { isPassing: isRetryable(cause) };
  }
}
