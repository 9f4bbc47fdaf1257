// What finishes a video that exists, as fal takes it. Neither endpoint takes a prompt.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";

/** Topaz: twice as wide and high. H.264, because not every browser plays the default, H.265. */
export function topazUpscale(request: ResolvedVideoRequest) {
  return job("fal-ai/topaz/upscale/video", {
    video_url: attachedUrl(request, "sourceVideoUrl"),
    model: "Proteus",
    upscale_factor: 2,
    H264_output: true,
  });
}

/** Sync: the lips of a video follow a sound. What is longer is cut off: fal's own default, pinned. */
export function syncLipsync(request: ResolvedVideoRequest) {
  return job("fal-ai/sync-lipsync/v3", {
    video_url: attachedUrl(request, "sourceVideoUrl"),
    audio_url: attachedUrl(request, "audioUrl"),
    sync_mode: "cut_off",
  });
}
