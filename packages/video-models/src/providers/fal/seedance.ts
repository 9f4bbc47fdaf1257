// ByteDance's Seedance as fal takes it. Version 1 is silent; 1.5 makes sound unless told not to.
// Why a version 1 transition runs on 1.5: docs/decisions/0003-seedance-pro-transition.md.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

type Version1 =
  | "fal-ai/bytedance/seedance/v1/lite"
  | "fal-ai/bytedance/seedance/v1/pro"
  | "fal-ai/bytedance/seedance/v1/pro/fast";

/** Seedance 1 Lite, Pro or Pro Fast, from text or one image. */
export function seedance1<const V extends Version1>(version: V) {
  return (request: ResolvedVideoRequest) => {
    const settings = {
      ...settingsOf(request),
      duration: `${offered(request, "duration", VERSION_1_SECONDS)}`,
    } as const;
    return request.mode === "image-to-video"
      ? job(`${version}/image-to-video`, { ...settings, image_url: attachedUrl(request, "attachmentImageUrl") })
      : job(`${version}/text-to-video`, settings);
  };
}

/** Seedance 1.5 Pro, from text or one image. */
export function seedance15(request: ResolvedVideoRequest) {
  return request.mode === "image-to-video"
    ? job("fal-ai/bytedance/seedance/v1.5/pro/image-to-video", {
        ...settings15Of(request),
        image_url: attachedUrl(request, "attachmentImageUrl"),
      })
    : job("fal-ai/bytedance/seedance/v1.5/pro/text-to-video", settings15Of(request));
}

/** Seedance 1.5 Pro, between two frames. */
export function seedance15Transition(request: ResolvedVideoRequest) {
  return job("fal-ai/bytedance/seedance/v1.5/pro/image-to-video", {
    ...settings15Of(request),
    image_url: attachedUrl(request, "startFrameImageUrl"),
    end_image_url: attachedUrl(request, "endFrameImageUrl"),
  });
}

const VERSION_1_SECONDS = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] as const;

function settings15Of(request: ResolvedVideoRequest) {
  return {
    ...settingsOf(request),
    duration: `${offered(request, "duration", [4, 5, 6, 7, 8, 9, 10, 11, 12])}`,
    // The default is true, which doubles the price.
    generate_audio: request.generateAudio,
  } as const;
}

function settingsOf(request: ResolvedVideoRequest) {
  return {
    prompt: request.prompt,
    // The default is 1080p or 720p, depending on the endpoint.
    resolution: offered(request, "resolution", ["480p", "720p", "1080p"]),
    aspect_ratio: offered(request, "aspectRatio", ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"]),
    camera_fixed: request.cameraFixed,
  } as const;
}
