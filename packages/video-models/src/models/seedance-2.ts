// ByteDance's Seedance 2.0, as data. Lists are fal's schema of 2026-08; sound costs nothing extra.
import { SOUND_ON, TEXT_OR_FRAMES } from "./common.ts";
import { seedanceCommon } from "./seedance-common.ts";

/** The models of version 2. */
export function seedance2() {
  const v2 = {
    ...seedanceCommon(),
    ...SOUND_ON,
    ...TEXT_OR_FRAMES,
    toggles: [],
    aspectRatios: ["auto", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"],
    durations: ["auto", 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
    resolutions: ["480p", "720p"],
    // One job of 5 s at 720p: 208 s.
    expectedMs: { p50: 210_000, p95: 540_000 },
  } as const;
  const resolutions = ["480p", "720p", "1080p", "4K"] as const;
  return {
    "vid-seedance-2.0": {
      ...v2,
      resolutions,
      // Pages say 0.3024 with an image, as the tokens do, and 0.3034 from text.
      cost: { perSecond: { "720p": 0.3034 }, perThousandTokens: 0.014 },
      label: "Seedance 2.0",
      description: "Films of several shots in 4K, with sound.",
    },
    "vid-seedance-2.0-fast": {
      ...v2,
      cost: { perSecond: { "720p": 0.2419 }, perThousandTokens: 0.0112 },
      label: "Seedance 2.0 Fast",
      description: "Seedance 2.0, quicker, with sound.",
    },
    "vid-seedance-2.0-mini": {
      ...v2,
      cost: { perSecond: { "480p": 0.0721, "720p": 0.1547 } },
      label: "Seedance 2.0 Mini",
      description: "Seedance 2.0 at its lowest price, with sound.",
    },
    "vid-seedance-2.0-reference": { ...v2, resolutions, ...REFERENCE },
  } as const;
}

const REFERENCE = {
  // fal's limits. Videos may last 15 s together, and so may sounds.
  inputs: [
    {
      kind: "media",
      max: 12,
      images: { max: 9 },
      videos: { max: 3, maxSeconds: 15 },
      audios: { max: 3, maxSeconds: 15 },
    },
  ],
  // With videos it is 0.6 times as much, for their seconds too.
  cost: {
    perSecond: { "720p": 0.3024 },
    perThousandTokens: 0.014,
    withReferenceVideos: { perSecond: { "720p": 0.1814 }, perThousandTokens: 0.0084, referenceSeconds: 15 },
  },
  label: "Seedance 2.0 Reference",
  description: "Follows images, videos and sounds.",
} as const;
