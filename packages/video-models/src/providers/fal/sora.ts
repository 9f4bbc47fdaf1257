// OpenAI's Sora 2 as fal took it, until OpenAI withdrew it. Durations are numbers here, strings almost everywhere else.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { Refusal } from "../refusal.ts";

/** Sora 2, from text or one image. The app offers kie's durations; fal has none of them, so those requests are refused. */
export function sora(request: ResolvedVideoRequest) {
  if (request.removeWatermark) throw new Refusal("removeWatermark has no counterpart");
  const settings = {
    prompt: request.prompt,
    duration: offered(request, "duration", [4, 8, 12, 16, 20]),
    aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16"]),
    resolution: "720p",
    // OpenAI keeps no copy.
    delete_video: true,
  } as const;
  return request.mode === "image-to-video"
    ? job("fal-ai/sora-2/image-to-video", { ...settings, image_url: attachedUrl(request, "attachmentImageUrl") })
    : job("fal-ai/sora-2/text-to-video", settings);
}
