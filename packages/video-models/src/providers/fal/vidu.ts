// Shengshu's Vidu Q3 as fal takes it. Durations are numbers; sound is on unless switched off.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedFrames } from "./attached-pictures.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";
import { promptWithin } from "../prompt-within.ts";

/** Vidu Q3, from text, a frame or two. */
export function vidu(request: ResolvedVideoRequest) {
  const settings = {
    prompt: promptWithin(request, 2000),
    duration: offered(request, "duration", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]),
    resolution: offered(request, "resolution", ["360p", "540p", "720p", "1080p"]),
    audio: request.generateAudio,
  };
  return request.mode === "text-to-video"
    ? job("fal-ai/vidu/q3/text-to-video", {
        ...settings,
        aspect_ratio: offered(request, "aspectRatio", ["16:9", "9:16", "4:3", "3:4", "1:1"]),
      })
    : job("fal-ai/vidu/q3/image-to-video", { ...settings, ...attachedFrames(request) });
}
