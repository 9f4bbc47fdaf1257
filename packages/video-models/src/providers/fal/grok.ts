// xAI's Grok Imagine as fal takes it. Durations are numbers; sound is always made.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** Grok Imagine, from text. */
export function grok(request: ResolvedVideoRequest) {
  return job("xai/grok-imagine-video/text-to-video", {
    ...settingsOf(request),
    resolution: offered(request, "resolution", ["480p", "720p"]),
    aspect_ratio: offered(request, "aspectRatio", ["16:9", "4:3", "3:2", "1:1", "2:3", "3:4", "9:16"]),
  });
}

/** Grok Imagine 1.5, from one image, which sets the shape. */
export function grok15(request: ResolvedVideoRequest) {
  return job("xai/grok-imagine-video/v1.5/image-to-video", {
    ...settingsOf(request),
    resolution: offered(request, "resolution", ["480p", "720p", "1080p"]),
    image_url: attachedUrl(request, "attachmentImageUrl"),
  });
}

function settingsOf(request: ResolvedVideoRequest) {
  const duration = offered(request, "duration", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
  return { prompt: request.prompt, duration };
}
