// ByteDance's Seedance 2.0 as fal takes it. Durations are strings, `auto` among them. Sound is on unless switched off.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedFrames } from "./attached-pictures.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** Seedance 2.0, from text, a frame or two. */
export function seedance2(request: ResolvedVideoRequest) {
  const settings = { ...settingsOf(request), ...STANDARD_BITRATE, resolution: upTo4k(request) };
  return request.mode === "text-to-video"
    ? job("bytedance/seedance-2.0/text-to-video", settings)
    : job("bytedance/seedance-2.0/image-to-video", { ...settings, ...attachedFrames(request) });
}

/** Seedance 2.0 Fast, from text, a frame or two. */
export function seedance2Fast(request: ResolvedVideoRequest) {
  const settings = { ...settingsOf(request), ...STANDARD_BITRATE, resolution: upTo720p(request) };
  return request.mode === "text-to-video"
    ? job("bytedance/seedance-2.0/fast/text-to-video", settings)
    : job("bytedance/seedance-2.0/fast/image-to-video", { ...settings, ...attachedFrames(request) });
}

/** Seedance 2.0 Mini, from text, a frame or two. */
export function seedance2Mini(request: ResolvedVideoRequest) {
  const settings = { ...settingsOf(request), resolution: upTo720p(request) };
  return request.mode === "text-to-video"
    ? job("bytedance/seedance-2.0/mini/text-to-video", settings)
    : job("bytedance/seedance-2.0/mini/image-to-video", { ...settings, ...attachedFrames(request) });
}

/** Seedance 2.0, from references. The prompt names them as @Image1, @Video1, @Audio1, in the order in which they are sent. */
export function seedance2Reference(request: ResolvedVideoRequest) {
  const { referenceImageUrls, referenceVideoUrls, referenceAudioUrls } = request;
  // fal is sent no empty lists.
  return job("bytedance/seedance-2.0/reference-to-video", {
    ...settingsOf(request),
    ...STANDARD_BITRATE,
    resolution: upTo4k(request),
    ...(referenceImageUrls && { image_urls: [...referenceImageUrls] }),
    ...(referenceVideoUrls && { video_urls: [...referenceVideoUrls] }),
    ...(referenceAudioUrls && { audio_urls: [...referenceAudioUrls] }),
  });
}

// fal's own default, pinned.
const STANDARD_BITRATE = { bitrate_mode: "standard" } as const;

function settingsOf(request: ResolvedVideoRequest) {
  return {
    prompt: request.prompt,
    duration: `${offered(request, "duration", ["auto", 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15])}`,
    aspect_ratio: offered(request, "aspectRatio", ["auto", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"]),
    generate_audio: request.generateAudio,
  } as const;
}

function upTo720p(request: ResolvedVideoRequest) {
  return offered(request, "resolution", ["480p", "720p"]);
}

function upTo4k(request: ResolvedVideoRequest) {
  const resolution = offered(request, "resolution", ["480p", "720p", "1080p", "4K"]);
  return resolution === "4K" ? "4k" : resolution;
}
