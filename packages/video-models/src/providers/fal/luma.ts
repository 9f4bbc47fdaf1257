// Luma's Ray 3.2 as fal takes it: 24 frames a second, and keyframes by the number of their frame.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedFrames } from "./attached-pictures.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** Ray 3.2, from text, a frame or two, or keyframes. */
export function ray(request: ResolvedVideoRequest) {
  const seconds = offered(request, "duration", [5, 10]);
  const settings = {
    prompt: request.prompt,
    duration: `${seconds}s`,
    resolution: offered(request, "resolution", ["540p", "720p", "1080p"]),
    aspect_ratio: offered(request, "aspectRatio", ["3:4", "4:3", "1:1", "9:16", "16:9", "21:9"]),
    // Extras that a request has no word for.
    hdr: false,
    exr_export: false,
    loop: false,
  } as const;
  if (request.mode === "text-to-video") return job("luma/agent/ray/v3.2/text-to-video", settings);
  return job("luma/agent/ray/v3.2/image-to-video", {
    ...settings,
    ...(request.mode === "keyframes" ? keyframesOf(request, seconds * 24 - 1) : attachedFrames(request)),
  });
}

function keyframesOf({ keyframes = [] }: ResolvedVideoRequest, lastFrame: number) {
  return {
    keyframes: keyframes.map(({ imageUrl }) => imageUrl),
    keyframe_indexes: keyframes.map(({ atSeconds }) => Math.min(Math.round(atSeconds * 24), lastFrame)),
  };
}
