// Kuaishou's Kling 2.5 Turbo and 2.6 as kie takes them. kie publishes no content filter for either.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

/** Kling 2.6, from text or one image. */
export function kling26(request: ResolvedVideoRequest) {
  const prompt = promptWithin(request, 1000);
  const settings = { prompt, duration: durationOf(request), sound: request.generateAudio };
  if (request.mode !== "image-to-video") {
    return job("kling-2.6/text-to-video", { ...settings, aspect_ratio: aspectRatioOf(request) });
  }
  const images = [attachedUrl(request, "attachmentImageUrl")];
  return job("kling-2.6/image-to-video", { ...settings, image_urls: images });
}

/** Kling 2.5 Turbo Pro, from text or one image. */
export function kling25(request: ResolvedVideoRequest) {
  return request.mode === "image-to-video"
    ? job("kling/v2-5-turbo-image-to-video-pro", {
        ...settings25Of(request),
        image_url: attachedUrl(request, "attachmentImageUrl"),
      })
    : job("kling/v2-5-turbo-text-to-video-pro", { ...settings25Of(request), aspect_ratio: aspectRatioOf(request) });
}

/** Kling 2.5 Turbo Pro, from a first frame, to a last one if there is one. */
export function kling25Transition(request: ResolvedVideoRequest) {
  const input = { ...settings25Of(request), image_url: attachedUrl(request, "startFrameImageUrl") };
  const endFrame = request.endFrameImageUrl;
  return job(
    "kling/v2-5-turbo-image-to-video-pro",
    endFrame === undefined ? input : { ...input, tail_image_url: endFrame },
  );
}

function settings25Of(request: ResolvedVideoRequest) {
  return { prompt: promptWithin(request, 2500), duration: durationOf(request) };
}

function durationOf(request: ResolvedVideoRequest) {
  return `${offered(request, "duration", [5, 10])}` as const;
}

function aspectRatioOf(request: ResolvedVideoRequest) {
  return offered(request, "aspectRatio", ["16:9", "9:16", "1:1"]);
}
