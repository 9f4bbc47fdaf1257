// What the shipped mobile client sends for each model and what is attached to it: one row for each. The prompt is left out.

const a = "https://cdn.example.com/a.png";
const b = "https://cdn.example.com/b.png";
const image = { attachmentImageUrl: a, imageUrl: a };
const start = { startFrameImageUrl: a, startImageUrl: a };
const frames = { ...start, endFrameImageUrl: b, endImageUrl: b };
const sound = { generateAudio: true };

/** What is attached: one image, two frames, or nothing. */
export type Attached = "text" | "image" | "frames";

/** One request of that client. */
export interface DeployedRequest {
  readonly model: string;
  readonly attached: Attached;
  readonly route: string;
  readonly body: Readonly<Record<string, unknown>>;
}

const row = (
  [model, attached, route]: readonly [string, Attached, string],
  [aspectRatio, duration]: readonly [string, number],
  more: DeployedRequest["body"] = {},
): DeployedRequest => ({
  model,
  attached,
  route: `/api/mobile/${route}`,
  body: { model, aspectRatio, duration, resolution: "720p", ...more },
});

const WIDE_5 = ["16:9", 5] as const;
const GENERATE = "generate-video";

/** The requests, with at least these fields and values. */
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
