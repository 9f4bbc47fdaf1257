// MiniMax's Hailuo 2.3 as fal takes it. Fast mode is an endpoint of its own, for images only; Pro takes no duration.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** Hailuo 2.3 Pro, from text or one image. */
export function hailuoPro(request: ResolvedVideoRequest) {
  const settings = settingsOf(request);
  if (request.mode !== "image-to-video") return job("fal-ai/minimax/hailuo-2.3/pro/text-to-video", settings);
  const input = { ...settings, image_url: attachedUrl(request, "attachmentImageUrl") };
  return request.fastMode
    ? job("fal-ai/minimax/hailuo-2.3-fast/pro/image-to-video", input)
    : job("fal-ai/minimax/hailuo-2.3/pro/image-to-video", input);
}

/** Hailuo 2.3 Standard, from text or one image. */
export function hailuoStandard(request: ResolvedVideoRequest) {
  const settings = { ...settingsOf(request), duration: `${offered(request, "duration", [6, 10])}` } as const;
  if (request.mode !== "image-to-video") return job("fal-ai/minimax/hailuo-2.3/standard/text-to-video", settings);
  const input = { ...settings, image_url: attachedUrl(request, "attachmentImageUrl") };
  return request.fastMode
    ? job("fal-ai/minimax/hailuo-2.3-fast/standard/image-to-video", input)
    : job("fal-ai/minimax/hailuo-2.3/standard/image-to-video", input);
}

function settingsOf(request: ResolvedVideoRequest) {
  // The optimizer rewrites the prompt: fal's own default, pinned.
  return { prompt: request.prompt, prompt_optimizer: true } as const;
}
