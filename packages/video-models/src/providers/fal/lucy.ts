// Decart's Lucy as fal takes it: one image, 720p, about 5 s.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** Lucy Lite: the 5b model. */
export function lucyLite(request: ResolvedVideoRequest) {
  return job("fal-ai/decart/lucy-5b/image-to-video", { ...settingsOf(request), resolution: "720p" });
}

/** Lucy Pro: the 14b model. Its newest page has no `resolution` field; the only value used to be 720p. */
export function lucyPro(request: ResolvedVideoRequest) {
  return job("decart/lucy-14b/image-to-video", settingsOf(request));
}

function settingsOf(request: ResolvedVideoRequest) {
  return {
    prompt: request.prompt,
    image_url: attachedUrl(request, "attachmentImageUrl"),
    aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16"]),
    // The default is true: the video then comes inside the answer, as a data URI, and is not stored.
    sync_mode: false,
  } as const;
}
