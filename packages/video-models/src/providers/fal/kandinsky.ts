// Sber's Kandinsky 5 as fal takes it: from text, at one size, in three shapes. Durations carry their unit.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

/** Kandinsky 5, from text. */
export function kandinsky(request: ResolvedVideoRequest) {
  return job("fal-ai/kandinsky5/text-to-video", {
    prompt: request.prompt,
    duration: `${offered(request, "duration", [5, 10])}s`,
    // The only size; its name is the same for all aspect ratios.
    resolution: "768x512",
    aspect_ratio: offered(request, "aspectRatio", ["3:2", "1:1", "2:3"]),
  });
}
