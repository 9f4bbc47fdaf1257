// Google's Veo 3.1 as fal takes it. Durations carry their unit. Two tiers share every field.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

type Tier = "fal-ai/veo3.1" | "fal-ai/veo3.1/fast";

/** Text, or one image, to video. `auto_fix` rewrites a prompt that breaks the rules: fal's own choice per endpoint, pinned. */
export function veo<const T extends Tier>(tier: T) {
  return (request: ResolvedVideoRequest) =>
    request.mode === "image-to-video"
      ? job(`${tier}/image-to-video`, {
          ...settingsOf(request),
          auto_fix: false,
          image_url: attachedUrl(request, "attachmentImageUrl"),
        })
      : job(tier, { ...settingsOf(request), auto_fix: true });
}

/** A first and a last frame to video. */
export function veoTransition<const T extends Tier>(tier: T) {
  return (request: ResolvedVideoRequest) =>
    job(`${tier}/first-last-frame-to-video`, {
      ...settingsOf(request),
      auto_fix: false,
      first_frame_url: attachedUrl(request, "startFrameImageUrl"),
      last_frame_url: attachedUrl(request, "endFrameImageUrl"),
    });
}

function settingsOf(request: ResolvedVideoRequest) {
  return {
    prompt: request.prompt,
    duration: `${offered(request, "duration", [4, 6, 8])}s`,
    resolution: offered(request, "resolution", ["720p", "1080p"]),
    aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16"]),
    // The default is true, at 1.5 to 2 times the price.
    generate_audio: request.generateAudio,
  } as const;
}
