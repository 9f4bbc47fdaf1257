// What the shipped mobile client sends for each model and what is attached to it: one row for each. The prompt is left out.
import type { VideoAspectRatio, VideoModelId, VideoRequest } from "@video-engine/video-models";

const a = "https://cdn.example.com/a.png";
const b = "https://cdn.example.com/b.png";
const image = { attachmentImageUrl: a, imageUrl: a };
const start = { startFrameImageUrl: a, startImageUrl: a };
const frames = { ...start, endFrameImageUrl: b, endImageUrl: b };
const sound = { generateAudio: true };

/** One request of that client. */
export interface DeployedRequest {
  readonly model: VideoModelId;
  /** One image, two frames, or nothing. */
  readonly attached: "text" | "image" | "frames";
  readonly route: string;
  /** The fields, but for the prompt. */
  readonly body: Readonly<Record<string, unknown>>;
  /** The request by which an app asks an engine for it. */
  readonly request: VideoRequest;
}

function row(
  [model, attached, route]: readonly [VideoModelId, DeployedRequest["attached"], string],
  [aspectRatio, duration]: readonly [VideoAspectRatio, number],
  more: Partial<typeof image & typeof frames & typeof sound> = {},
): DeployedRequest {
  const fields = { model, aspectRatio, duration, resolution: "720p" } as const;
  const { imageUrl: _image, startImageUrl: _start, endImageUrl: _end, ...asked } = more;
  return {
    model,
    attached,
    route: `/api/mobile/${route}`,
    body: { ...fields, ...more },
    request: { ...fields, ...asked, prompt: `a corgi surfing, ${attached}` },
  };
}

const WIDE_5 = ["16:9", 5] as const;
const GENERATE = "generate-video";

/** The 28 requests. A request for the same has at least these fields and values. */
export const DEPLOYED_REQUESTS: readonly DeployedRequest[] = [
  row(["vid-veo-3.1", "text", GENERATE], ["16:9", 4], sound),
  row(["vid-veo-3.1", "frames", GENERATE], ["16:9", 8], { ...sound, ...frames }),
  row(["vid-veo-3.1-fast", "image", GENERATE], ["16:9", 8], { ...sound, ...image }),
  row(["vid-veo-3.1-fast", "frames", GENERATE], ["16:9", 8], { ...sound, ...frames }),
  row(["vid-kling-2.6-pro", "text", GENERATE], WIDE_5, sound),
  row(["vid-kling-2.6-pro", "image", GENERATE], WIDE_5, { ...sound, ...image }),
  row(["vid-kling-2.5-pro", "text", GENERATE], WIDE_5),
  row(["vid-kling-2.5-pro", "image", GENERATE], WIDE_5, image),
  row(["kling-o1", "frames", GENERATE], WIDE_5, frames),
  row(["kling-o1-transition", "text", GENERATE], WIDE_5),
  row(["kling-o1-transition", "image", GENERATE], WIDE_5, start),
  row(["kie-sora-2", "image", "kie-sora-2"], ["16:9", 10], image),
  row(["vid-ovi", "text", GENERATE], WIDE_5),
  row(["vid-ovi", "image", GENERATE], WIDE_5, image),
  row(["kie-wan-2.5", "text", "kie-wan-2.5"], WIDE_5),
  row(["kie-wan-2.5", "image", "kie-wan-2.5"], WIDE_5, image),
  row(["vid-hailuo-2.3-pro", "image", GENERATE], ["1:1", 5], image),
  row(["vid-hailuo-2.3", "text", GENERATE], ["1:1", 6]),
  row(["vid-hailuo-2.3", "image", GENERATE], ["1:1", 6], image),
  row(["vid-kandinsky-5", "text", GENERATE], WIDE_5),
  row(["vid-seedance-lite", "text", GENERATE], WIDE_5),
  row(["vid-seedance-lite", "image", GENERATE], WIDE_5, image),
  row(["vid-seedance-pro", "image", GENERATE], WIDE_5, image),
  row(["vid-seedance-pro", "frames", GENERATE], WIDE_5, frames),
  row(["kie-seedance-1.5-pro", "frames", "kie-seedance-1.5-pro"], ["16:9", 4], { ...sound, ...frames }),
  row(["pixverse-v5", "text", "pixverse-video"], WIDE_5),
  row(["pixverse-v5", "frames", "pixverse-video"], WIDE_5, frames),
  row(["vid-lucy-lite", "image", GENERATE], WIDE_5, image),
];
