// Tencent's Hunyuan 1.5 as fal takes it: a length in frames, 24 a second.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** Hunyuan 1.5, from text. */
export function hunyuan(request: ResolvedVideoRequest) {
  return job("fal-ai/hunyuan-video-v1.5/text-to-video", {
    prompt: request.prompt,
    aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16"]),
    // fal's own defaults, pinned: five seconds in the only size that is published.
    num_frames: 121,
    resolution: "480p",
    enable_prompt_expansion: true,
  });
}
