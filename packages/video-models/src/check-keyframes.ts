// Checks the times of keyframes against the length of the clip.
import { hasKeyframes } from "./attached.ts";
import type { VideoDuration, VideoModel } from "./model.ts";
import { issueAt, type VideoRequestIssue } from "./video-request-issue.ts";
import type { VideoKeyframe } from "./video-request.ts";

/** Keyframes after the end of the clip, and those at the time of another one. */
export function checkKeyframes(
  model: VideoModel,
  keyframes: readonly VideoKeyframe[] = [],
  duration: VideoDuration | undefined,
): readonly VideoRequestIssue[] {
  if (!hasKeyframes(model, { keyframes })) return [];
  const seconds = typeof duration === "number" ? duration : Infinity;
  return keyframes.flatMap(({ atSeconds }, index) => {
    const path = `keyframes.${index}.atSeconds`;
    if (atSeconds > seconds)
      return [issueAt(path, `The clip ends at ${seconds} s; this keyframe is at ${atSeconds} s.`)];
    const isTaken = keyframes.some((other, before) => before < index && other.atSeconds === atSeconds);
    return isTaken ? [issueAt(path, `Another keyframe is at ${atSeconds} s. Give each a time of its own.`)] : [];
  });
}
