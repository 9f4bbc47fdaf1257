// The answer about a job that its provider calls finished, from what was found of its videos. Knows no provider.
import type { FoundVideos } from "../../find-videos.ts";
import type { ProviderJobAnswer } from "./provider.ts";
import { shapeOf } from "./shape-of.ts";
import { sortVideoUrls, type VideoUrlRule } from "./sort-video-urls.ts";

/** What the answer is made of. */
export interface FinishedAnswer {
  readonly found: FoundVideos;
  readonly rule: VideoUrlRule | undefined;
  /** What was searched. Only its shape is told. */
  readonly body: unknown;
  /** Makes the answer for a job that ended without a video. */
  readonly missing: () => ProviderJobAnswer;
}

/**
 * Finished with any video, failed where the place of the videos is empty. Without such a place, or with something else in it, the shape is new to
 * us: the job stays pending, because a paid video may be in there.
 */
export function readFinished({ found, rule, body, missing }: FinishedAnswer): ProviderJobAnswer {
  const { videos, withheld } = sortVideoUrls(found.urls, rule);
  if (withheld.length > 0) return { kind: "finished", videos, withheld };
  if (videos.length > 0) return { kind: "finished", videos };
  return found.place === "empty" ? missing() : { kind: "pending", status: "unknown", unreadShape: shapeOf(body) };
}
