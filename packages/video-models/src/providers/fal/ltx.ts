// Lightricks' LTX 2.3 as fal takes it. Durations are numbers; 4K is named by its lines.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedFrames } from "./attached-pictures.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** LTX 2.3, from text, a frame or two. */
export function ltx(request: ResolvedVideoRequest) {
  const settings = { ...settingsOf(request), duration: offered(request, "duration", [6, 8, 10]) };
  return request.mode === "text-to-video"
    ? job("fal-ai/ltx-2.3/text-to-video", { ...settings, aspect_ratio: shapeOf(request) })
    : job("fal-ai/ltx-2.3/image-to-video", {
        ...settings,
        aspect_ratio: freeShapeOf(request),
        ...attachedFrames(request),
      });
}

/** LTX 2.3 Fast, from text, a frame or two. */
export function ltxFast(request: ResolvedVideoRequest) {
  const duration = offered(request, "duration", [6, 8, 10, 12, 14, 16, 18, 20]);
  const settings = { ...settingsOf(request), duration };
  return request.mode === "text-to-video"
    ? job("fal-ai/ltx-2.3/text-to-video/fast", { ...settings, aspect_ratio: shapeOf(request) })
    : job("fal-ai/ltx-2.3/image-to-video/fast", {
        ...settings,
        aspect_ratio: freeShapeOf(request),
        ...attachedFrames(request),
      });
}

function settingsOf(request: ResolvedVideoRequest) {
  const resolution = offered(request, "resolution", ["1080p", "1440p", "4K"]);
  return {
    prompt: request.prompt,
    resolution: resolution === "4K" ? "2160p" : resolution,
    generate_audio: request.generateAudio,
    // fal's own default, pinned.
    fps: 25,
  } as const;
}

function shapeOf(request: ResolvedVideoRequest) {
  return offered(request, "aspectRatio", ["16:9", "9:16"]);
}

function freeShapeOf(request: ResolvedVideoRequest) {
  return offered(request, "aspectRatio", ["auto", "16:9", "9:16"]);
}
