// Alibaba's Happy Horse 1.1 as fal takes it. Durations are numbers.
import type { ResolvedVideoRequest } from "../../video-request.ts";
import { attachedUrl } from "../attached-url.ts";
import { job } from "../job.ts";
import { offered } from "../offered.ts";

const RATIOS = ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "9:21", "5:4", "4:5"] as const;

/** Happy Horse 1.1, from text or one image; an image sets the shape. */
export function happyHorse(request: ResolvedVideoRequest) {
  const settings = {
    prompt: request.prompt,
    duration: offered(request, "duration", [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]),
    // The default is 1080p.
    resolution: offered(request, "resolution", ["720p", "1080p"]),
  };
  return request.mode === "text-to-video"
    ? job("alibaba/happy-horse/v1.1/text-to-video", {
        ...settings,
        aspect_ratio: offered(request, "aspectRatio", RATIOS),
      })
    : job("alibaba/happy-horse/v1.1/image-to-video", {
        ...settings,
        image_url: attachedUrl(request, "attachmentImageUrl"),
      });
}
