// Kuaishou's Kling 3, O3 and avatars as fal takes them. Version 3 names its first frame otherwise than O3 and Turbo do.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { attachedFrames, lastFrame } from "./attached-pictures.ts";
import { job } from "../job.ts";
import { withReferences } from "./kling-o1.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

type Tier = "fal-ai/kling-video/v3/pro" | "fal-ai/kling-video/v3/standard";

/** Kling 3, from text, a frame or two. */
export function kling3<const T extends Tier>(tier: T) {
  return (request: ResolvedVideoRequest) => {
    const settings = { ...settingsOf(request), generate_audio: request.generateAudio };
    return request.mode === "text-to-video"
      ? job(`${tier}/text-to-video`, { ...settings, aspect_ratio: aspectRatioOf(request) })
      : job(`${tier}/image-to-video`, {
          ...settings,
          start_image_url: attachedUrl(request, "attachmentImageUrl"),
          ...lastFrame(request),
        });
  };
}

/** Kling 3 Turbo, from text or one image. It makes no sound. */
export function kling3Turbo(request: ResolvedVideoRequest) {
  const settings = settingsOf(request);
  return request.mode === "text-to-video"
    ? job("fal-ai/kling-video/v3/turbo/pro/text-to-video", { ...settings, aspect_ratio: aspectRatioOf(request) })
    : job("fal-ai/kling-video/v3/turbo/pro/image-to-video", {
        ...settings,
        image_url: attachedUrl(request, "attachmentImageUrl"),
      });
}

/** Kling O3, from text, a frame or two. */
export function klingO3(request: ResolvedVideoRequest) {
  const settings = { ...settingsOf(request), generate_audio: request.generateAudio };
  return request.mode === "text-to-video"
    ? job("fal-ai/kling-video/o3/pro/text-to-video", { ...settings, aspect_ratio: aspectRatioOf(request) })
    : job("fal-ai/kling-video/o3/pro/image-to-video", { ...settings, ...attachedFrames(request) });
}

/** Kling O3, from reference images and elements, or as an edit of a video, which then sets length and shape. */
export function klingO3Reference(request: ResolvedVideoRequest) {
  const prompt = promptWithin(request, MAX_PROMPT);
  return request.mode === "video-to-video-edit"
    ? job("fal-ai/kling-video/o3/pro/video-to-video/edit", {
        ...withReferences({ prompt }, request),
        video_url: attachedUrl(request, "klingO1Video"),
        keep_audio: request.generateAudio,
      })
    : job("fal-ai/kling-video/o3/pro/reference-to-video", {
        ...withReferences(settingsOf(request), request),
        aspect_ratio: aspectRatioOf(request),
        generate_audio: request.generateAudio,
      });
}

/** An image that speaks or sings. A missing prompt is fal's own default, a dot. */
export function klingAvatar(request: ResolvedVideoRequest) {
  return job("fal-ai/kling-video/ai-avatar/v2/pro", {
    prompt: promptWithin(request, MAX_PROMPT) || ".",
    image_url: attachedUrl(request, "attachmentImageUrl"),
    audio_url: attachedUrl(request, "audioUrl"),
  });
}

// Published for Kling 2.5; we assume the same limit for later versions.
const MAX_PROMPT = 2500;

function settingsOf(request: ResolvedVideoRequest) {
  return {
    prompt: promptWithin(request, MAX_PROMPT),
    duration: `${offered(request, "duration", [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])}`,
  } as const;
}

function aspectRatioOf(request: ResolvedVideoRequest) {
  return offered(request, "aspectRatio", ["16:9", "9:16", "1:1"]);
}
