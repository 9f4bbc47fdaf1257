// Google's Veo 3.1 as fal takes it, in the tiers and modes that are not of the plan. `auto_fix` as in veo.ts.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { referenceImagesOf } from "./attached-pictures.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** Veo 3.1 Lite, from text, one image, or two frames, which it renders for 8 s only. */
export function veoLite(request: ResolvedVideoRequest) {
  const settings = { ...soundAndPrompt(request), resolution: offered(request, "resolution", ["720p", "1080p"]) };
  if (request.mode === "text-to-video") {
    const aspect_ratio = offered(request, "aspectRatio", ["16:9", "9:16"]);
    return job("fal-ai/veo3.1/lite", { ...settings, duration: secondsOf(request), aspect_ratio, auto_fix: true });
  }
  const shaped = { ...settings, aspect_ratio: freeShape(request), auto_fix: false };
  const image_url = attachedUrl(request, "attachmentImageUrl");
  if (request.mode === "image-to-video") {
    return job("fal-ai/veo3.1/lite/image-to-video", { ...shaped, duration: secondsOf(request), image_url });
  }
  return job("fal-ai/veo3.1/lite/first-last-frame-to-video", {
    ...shaped,
    duration: `${offered(request, "duration", [8])}s`,
    first_frame_url: image_url,
    last_frame_url: attachedUrl(request, "endFrameImageUrl"),
  });
}

/** Veo 3.1, from reference images. */
export function veoReference(request: ResolvedVideoRequest) {
  const resolution = offered(request, "resolution", ["720p", "1080p", "4K"]);
  const image_urls = referenceImagesOf(request);
  return job("fal-ai/veo3.1/reference-to-video", {
    ...soundAndPrompt(request),
    duration: `${offered(request, "duration", [8])}s`,
    resolution: resolution === "4K" ? "4k" : resolution,
    aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16"]),
    auto_fix: false,
    image_urls,
  });
}

/** Veo 3.1, continuing a video by 7 s. */
export function veoExtend(request: ResolvedVideoRequest) {
  return job("fal-ai/veo3.1/extend-video", {
    ...soundAndPrompt(request),
    duration: `${offered(request, "duration", [7])}s`,
    resolution: offered(request, "resolution", ["720p"]),
    aspect_ratio: freeShape(request),
    auto_fix: false,
    video_url: attachedUrl(request, "sourceVideoUrl"),
  });
}

function soundAndPrompt({ prompt, generateAudio }: ResolvedVideoRequest) {
  return { prompt, generate_audio: generateAudio };
}

function secondsOf(request: ResolvedVideoRequest) {
  return `${offered(request, "duration", [4, 6, 8])}s` as const;
}

function freeShape(request: ResolvedVideoRequest) {
  return offered(request, "aspectRatio", ["auto", "16:9", "9:16"]);
}
