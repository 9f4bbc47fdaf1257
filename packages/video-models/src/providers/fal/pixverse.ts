// Pixverse v5 as fal takes it. The transition calls its pictures `first_image_url` and `end_image_url`.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

/** Pixverse v5, from text or one image; an image sets the shape. */
export function pixverse(request: ResolvedVideoRequest) {
  return request.mode === "image-to-video"
    ? job("fal-ai/pixverse/v5/image-to-video", {
        ...settingsOf(request),
        image_url: attachedUrl(request, "attachmentImageUrl"),
      })
    : job("fal-ai/pixverse/v5/text-to-video", { ...settingsOf(request), aspect_ratio: aspectRatioOf(request) });
}

/** Pixverse v5, between two frames. */
export function pixverseTransition(request: ResolvedVideoRequest) {
  return job("fal-ai/pixverse/v5/transition", {
    ...settingsOf(request),
    aspect_ratio: aspectRatioOf(request),
    first_image_url: attachedUrl(request, "startFrameImageUrl"),
    end_image_url: attachedUrl(request, "endFrameImageUrl"),
  });
}

function settingsOf(request: ResolvedVideoRequest) {
  return {
    prompt: promptWithin(request, 2048, "bytes"),
    duration: `${offered(request, "duration", [5, 8])}`,
    resolution: offered(request, "resolution", ["360p", "540p", "720p", "1080p"]),
  } as const;
}

function aspectRatioOf(request: ResolvedVideoRequest) {
  return offered(request, "aspectRatio", ["16:9", "4:3", "1:1", "3:4", "9:16"]);
}
