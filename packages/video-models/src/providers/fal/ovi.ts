// Ovi as fal takes it: pixel sizes in place of ratios, and no duration.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

const SIZE_OF_RATIO = { "16:9": "992x512", "9:16": "512x992", "1:1": "720x720" } as const;

/** Ovi, from text or one image; an image sets the shape. */
export function ovi(request: ResolvedVideoRequest) {
  if (request.mode === "image-to-video") {
    const image_url = attachedUrl(request, "attachmentImageUrl");
    return job("fal-ai/ovi/image-to-video", { prompt: request.prompt, image_url });
  }
  const resolution = SIZE_OF_RATIO[offered(request, "aspectRatio", ["16:9", "9:16", "1:1"])];
  return job("fal-ai/ovi", { prompt: request.prompt, resolution });
}
