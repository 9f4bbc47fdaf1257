// Pixverse as fal takes it. Transitions call their pictures `first_image_url` and `end_image_url`. Version 6 takes durations as numbers.
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

/** Pixverse 6, from text, one image, or two frames. */
export function pixverse6(request: ResolvedVideoRequest) {
  const settings = {
    prompt: promptWithin(request, 2048, "bytes"),
    duration: offered(request, "duration", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
    resolution: offered(request, "resolution", ["360p", "540p", "720p", "1080p"]),
    generate_audio_switch: request.generateAudio,
    // One take, as in version 5.
    generate_multi_clip_switch: false,
  };
  if (request.mode === "text-to-video") {
    return job("fal-ai/pixverse/v6/text-to-video", { ...settings, aspect_ratio: wideAspectRatioOf(request) });
  }
  const image = attachedUrl(request, "attachmentImageUrl");
  if (request.mode === "image-to-video") {
    return job("fal-ai/pixverse/v6/image-to-video", { ...settings, image_url: image });
  }
  return job("fal-ai/pixverse/v6/transition", {
    ...settings,
    aspect_ratio: wideAspectRatioOf(request),
    first_image_url: image,
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

function wideAspectRatioOf(request: ResolvedVideoRequest) {
  return offered(request, "aspectRatio", ["16:9", "4:3", "1:1", "3:4", "9:16", "2:3", "3:2", "21:9"]);
}
