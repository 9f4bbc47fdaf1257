// Alibaba's Wan 2.5 as kie takes it. Durations are strings; sound is always made.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

/** Wan 2.5, from text or one image; an image sets the shape. */
export function wan(request: ResolvedVideoRequest) {
  const settings = {
    prompt: promptWithin(request, 800),
    duration: `${offered(request, "duration", [5, 10])}`,
    // The default is 1080p, which costs more.
    resolution: offered(request, "resolution", ["720p", "1080p"]),
    // As on fal, so that both providers treat a prompt alike.
    enable_prompt_expansion: true,
    // Without this field kie filters nothing. The product shows videos in a shared grid, so it filters wherever kie can.
    nsfw_checker: true,
  } as const;
  return request.mode === "image-to-video"
    ? job("wan/2-5-image-to-video", { ...settings, image_url: attachedUrl(request, "attachmentImageUrl") })
    : job("wan/2-5-text-to-video", {
        ...settings,
        aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16", "1:1"]),
      });
}
