// Google's Gemini Omni Flash as fal takes it. Durations are numbers; sound is always made.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { referenceImagesOf } from "./attached-pictures.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** Gemini Omni Flash, from one image. */
export function omniFlash(request: ResolvedVideoRequest) {
  return job("google/gemini-omni-flash/image-to-video", {
    ...settingsOf(request),
    image_url: attachedUrl(request, "attachmentImageUrl"),
  });
}

/** Gemini Omni Flash, from reference images. */
export function omniFlashReference(request: ResolvedVideoRequest) {
  const image_urls = referenceImagesOf(request);
  return job("google/gemini-omni-flash/reference-to-video", {
    ...settingsOf(request),
    image_urls,
  });
}

function settingsOf(request: ResolvedVideoRequest) {
  return {
    prompt: request.prompt,
    duration: offered(request, "duration", [3, 4, 5, 6, 7, 8, 9, 10]),
    aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16"]),
  };
}
