// Kuaishou's Kling 2.5 Turbo and 2.6 as fal takes them. The two have different names for the same image fields. O1 is in kling-o1.ts.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

/** Kling 2.6 Pro, from text or one image. */
export function kling26(request: ResolvedVideoRequest) {
  // Without this field fal generates audio, which doubles the price.
  const settings = { ...settingsOf(request), generate_audio: request.generateAudio };
  return request.mode === "image-to-video"
    ? job("fal-ai/kling-video/v2.6/pro/image-to-video", {
        ...settings,
        start_image_url: attachedUrl(request, "attachmentImageUrl"),
      })
    : job("fal-ai/kling-video/v2.6/pro/text-to-video", { ...settings, aspect_ratio: aspectRatioOf(request) });
}

/** Kling 2.5 Turbo Pro, from text or one image. */
export function kling25(request: ResolvedVideoRequest) {
  return request.mode === "image-to-video"
    ? job("fal-ai/kling-video/v2.5-turbo/pro/image-to-video", {
        ...settingsOf(request),
        image_url: attachedUrl(request, "attachmentImageUrl"),
      })
    : job("fal-ai/kling-video/v2.5-turbo/pro/text-to-video", {
        ...settingsOf(request),
        aspect_ratio: aspectRatioOf(request),
      });
}

/** Kling 2.5 Turbo Pro, from a first frame, to a last one if there is one. */
export function kling25Transition(request: ResolvedVideoRequest) {
  const input = { ...settingsOf(request), image_url: attachedUrl(request, "startFrameImageUrl") };
  const endFrame = request.endFrameImageUrl;
  return job(
    "fal-ai/kling-video/v2.5-turbo/pro/image-to-video",
    endFrame === undefined ? input : { ...input, tail_image_url: endFrame },
  );
}

function settingsOf(request: ResolvedVideoRequest) {
  return {
    // Published for 2.5; we assume the same limit for 2.6.
    prompt: promptWithin(request, 2500),
    duration: `${offered(request, "duration", [5, 10])}`,
  } as const;
}

function aspectRatioOf(request: ResolvedVideoRequest) {
  return offered(request, "aspectRatio", ["16:9", "9:16", "1:1"]);
}
