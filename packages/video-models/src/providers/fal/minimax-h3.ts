// MiniMax's H3 as fal takes it: five seconds in 2K, its defaults. An own choice of shape is `adaptive` here.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedFrames } from "./attached-pictures.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** H3, from text, a frame or two. */
export function h3(request: ResolvedVideoRequest) {
  return request.mode === "text-to-video"
    ? job("minimax/h3/text-to-video", {
        ...settingsOf(request),
        aspect_ratio: offered(request, "aspectRatio", ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"]),
      })
    : job("minimax/h3/image-to-video", { ...settingsOf(request), ...attachedFrames(request) });
}

/** H3, from references. fal is sent no empty lists. */
export function h3Reference(request: ResolvedVideoRequest) {
  const { referenceImageUrls, referenceVideoUrls, referenceAudioUrls } = request;
  const shape = offered(request, "aspectRatio", ["auto", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"]);
  return job("minimax/h3/reference-to-video", {
    ...settingsOf(request),
    aspect_ratio: shape === "auto" ? "adaptive" : shape,
    ...(referenceImageUrls && { reference_image_urls: [...referenceImageUrls] }),
    ...(referenceVideoUrls && { reference_video_urls: [...referenceVideoUrls] }),
    ...(referenceAudioUrls && { reference_audio_urls: [...referenceAudioUrls] }),
  });
}

function settingsOf(request: ResolvedVideoRequest) {
  return {
    prompt: request.prompt,
    duration: offered(request, "duration", [5]),
    resolution: offered(request, "resolution", ["2K"]),
  };
}
