// Alibaba's Wan 2.5 as fal takes it. Sound is always made; there is no field for it.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

/** Wan 2.5, from text or one image; an image sets the shape. */
export function wan(request: ResolvedVideoRequest) {
  const settings = {
    prompt: promptWithin(request, 1500),
    duration: `${offered(request, "duration", [5, 10])}`,
    // The default is 1080p, at 1.5 times the price of 720p.
    resolution: offered(request, "resolution", ["480p", "720p", "1080p"]),
    // fal's own default, pinned.
    enable_prompt_expansion: true,
  } as const;
  return request.mode === "image-to-video"
    ? job("fal-ai/wan-25-preview/image-to-video", {
        ...settings,
        image_url: attachedUrl(request, "attachmentImageUrl"),
      })
    : job("fal-ai/wan-25-preview/text-to-video", {
        ...settings,
        aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16", "1:1"]),
      });
}
