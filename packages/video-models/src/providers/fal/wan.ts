// Alibaba's Wan as fal takes it. Sound is always made; there is no field for it. Version 2.7 takes durations as numbers.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedFrames } from "./attached-pictures.ts";
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

/** Wan 2.6, from one image, and perhaps to a sound. */
export function wan26(request: ResolvedVideoRequest) {
  return job("wan/v2.6/image-to-video", {
    prompt: promptWithin(request, 800),
    duration: `${offered(request, "duration", [5, 10, 15])}`,
    resolution: offered(request, "resolution", ["720p", "1080p"]),
    // As in version 2.5, in one take.
    enable_prompt_expansion: true,
    multi_shots: false,
    image_url: attachedUrl(request, "attachmentImageUrl"),
    ...soundOf(request),
  });
}

/** Wan 2.7, from text, a frame or two, and perhaps to a sound. */
export function wan27(request: ResolvedVideoRequest) {
  const settings = {
    prompt: promptWithin(request, 5000),
    duration: offered(request, "duration", [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
    resolution: offered(request, "resolution", ["720p", "1080p"]),
    enable_prompt_expansion: true,
    ...soundOf(request),
  };
  return request.mode === "text-to-video"
    ? job("fal-ai/wan/v2.7/text-to-video", {
        ...settings,
        aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16", "1:1", "4:3", "3:4"]),
      })
    : job("fal-ai/wan/v2.7/image-to-video", { ...settings, ...attachedFrames(request) });
}

function soundOf({ audioUrl }: ResolvedVideoRequest) {
  return audioUrl === undefined ? {} : { audio_url: audioUrl };
}
