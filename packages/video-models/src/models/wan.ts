// Alibaba's Wan and Happy Horse, as data. Lists of 2.5 are those that kie and fal have in common; the others are fal's schema of 2026-08.
import type { VideoModel } from "../model.ts";
import { COMMON, FROM_3_TO_15, SHAPE_OF_FRAMES, SHAPE_OF_IMAGE, TEXT_OR_IMAGE, UNKNOWN_SPEED } from "./common.ts";

const alibabaCommon = () =>
  ({
    ...COMMON,
    ...UNKNOWN_SPEED,
    company: "Alibaba",
    logo: "alibaba",
    aspectRatios: ["16:9", "9:16", "1:1"],
    resolutions: ["720p", "1080p"],
    audio: "always",
  }) as const;

/** The Wan and Happy Horse models. */
export const wan = () =>
  ({
    "kie-wan-2.5": {
      ...alibabaCommon(),
      ...TEXT_OR_IMAGE,
      ...SHAPE_OF_IMAGE,
      label: "Wan 2.5",
      description: "Good value, with sound.",
      isNew: false,
      providers: ["kie", "fal"],
      durations: [5, 10],
      // kie's limit; fal takes 1500.
      promptLimit: { max: 800, unit: "characters" },
      baseCredits: 15,
      // 180 s on average; "1-2 minutes" by fal.
      expectedMs: { p50: 150_000, p95: 420_000 },
    },
    "vid-wan-2.6": {
      ...alibabaCommon(),
      inputs: [{ kind: "image" }, { kind: "audio", need: "optional", maxSeconds: 30 }],
      aspectRatios: [],
      durations: [5, 10, 15],
      promptLimit: { max: 800, unit: "characters" },
      cost: { perSecond: { "720p": 0.1, "1080p": 0.15 } },
      label: "Wan 2.6",
      description: "Brings an image to life, to a sound of yours.",
    },
    "vid-wan-2.7": {
      ...alibabaCommon(),
      ...SHAPE_OF_FRAMES,
      inputs: [
        { kind: "none" },
        { kind: "image", endFrame: "optional" },
        { kind: "audio", need: "optional", maxSeconds: 30 },
      ],
      aspectRatios: ["16:9", "9:16", "1:1", "4:3", "3:4"],
      durations: [2, ...FROM_3_TO_15],
      label: "Wan 2.7",
      description: "Follows text, frames and a sound of yours.",
    },
    "vid-happy-horse-1.1": {
      ...alibabaCommon(),
      ...TEXT_OR_IMAGE,
      ...SHAPE_OF_IMAGE,
      aspectRatios: ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "9:21", "5:4", "4:5"],
      durations: FROM_3_TO_15,
      label: "Happy Horse 1.1",
      description: "Lively scenes with sound, in nine shapes.",
    },
  }) as const satisfies Record<string, VideoModel>;
