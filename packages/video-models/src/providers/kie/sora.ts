// OpenAI's Sora 2 as kie took it, until OpenAI withdrew it. Shapes are words, and `n_frames` means seconds.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

const WORD_OF_RATIO = { "16:9": "landscape", "9:16": "portrait" } as const;

/** Sora 2, from text or one image. */
export function sora(request: ResolvedVideoRequest) {
  const settings = {
    prompt: promptWithin(request, 5000),
    n_frames: `${offered(request, "duration", [10, 15])}`,
    aspect_ratio: WORD_OF_RATIO[offered(request, "aspectRatio", ["16:9", "9:16"])],
    // The default is true; the app charges extra for it.
    remove_watermark: request.removeWatermark,
  } as const;
  if (request.mode !== "image-to-video") return job("sora-2-text-to-video", settings);
  const images = [attachedUrl(request, "attachmentImageUrl")];
  return job("sora-2-image-to-video", { ...settings, image_urls: images });
}
