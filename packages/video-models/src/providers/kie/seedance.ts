// ByteDance's Seedance 1.5 Pro as kie takes it: one model name for all modes, told apart by the number of images.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

/** Seedance 1.5 Pro, from text, one image, or two frames. kie does not say that two images are first and last: inferred. */
export function seedance15(request: ResolvedVideoRequest) {
  const settings = settingsOf(request);
  const images = imagesOf(request);
  return job("bytedance/seedance-1.5-pro", images.length === 0 ? settings : { ...settings, input_urls: images });
}

function imagesOf(request: ResolvedVideoRequest): string[] {
  if (request.mode === "text-to-video") return [];
  if (request.mode === "image-to-video") return [attachedUrl(request, "attachmentImageUrl")];
  return [attachedUrl(request, "startFrameImageUrl"), attachedUrl(request, "endFrameImageUrl")];
}

function settingsOf(request: ResolvedVideoRequest) {
  return {
    prompt: promptWithin(request, 20_000),
    // A number here; a string on fal.
    duration: offered(request, "duration", [4, 5, 6, 7, 8, 9, 10, 11, 12]),
    resolution: offered(request, "resolution", ["480p", "720p", "1080p"]),
    aspect_ratio: offered(request, "aspectRatio", ["1:1", "4:3", "3:4", "16:9", "9:16", "21:9"]),
    fixed_lens: request.cameraFixed,
    // The default is false here and true on fal.
    generate_audio: request.generateAudio,
    // Without this field kie filters nothing: see wan.ts.
    nsfw_checker: true,
  } as const;
}
