// The answer about a job that its provider calls finished, from what was found of its videos. Knows no provider.
import { findVideos, type FoundVideos } from "../../find-videos.ts";
import type { ProviderJobAnswer } from "./provider.ts";
import { shapeOf } from "./shape-of.ts";
import { sortVideoUrls, type VideoUrlRule } from "./sort-video-urls.ts";

/** What the answer is made of. */
export interface FinishedAnswer {
  readonly found: FoundVideos;
  readonly rule: VideoUrlRule | undefined;
  /** What was searched. Only its shape is told. */
  readonly body: unknown;
  /** Makes the answer for a job that ended without a video. Left out: the end is not as documented, and only a video proves it. */
  readonly missing?: (() => ProviderJobAnswer) | undefined;
}

/**
 * Finished with any video, failed where the place of the videos is empty. Without such a place, or with something else in it, the shape is new to
 * us: the job stays pending, because a paid video may be in there.
 */
export function readFinished({ found, rule, body, missing }: FinishedAnswer): ProviderJobAnswer {
  const { videos, withheld } = sortVideoUrls(found.urls, rule);
  if (withheld.length > 0) return { kind: "finished", videos, withheld };
  if (videos.length > 0) return { kind: "finished", videos };
  return found.place === "empty" && missing !== undefined
    ? missing()
    : { kind: "pending", status: "unknown", unreadShape: shapeOf(body) };
}

/** What is in the documented place for videos, or else anywhere in the answer. */
export function foundAt(documented: FoundVideos, answer: unknown): FoundVideos {
  if (documented.urls.length > 0) return documented;
  const found = findVideos(answer, { isDeep: true });
  return found.urls.length > 0 || documented.place === "none" ? found : documented;
}

/** The answer about a job in a state that is new to us: no verdict, but where there is a video beside it, its owner must hear of the state. */
export function inUnknownState({ urls }: FoundVideos, body: unknown): ProviderJobAnswer {
  return { kind: "pending", status: "unknown", ...(urls.length > 0 && { unreadShape: shapeOf(body) }) };
}
