// Pixverse, as data. Version 5 makes full HD for 5 s only; the prompt is limited in bytes.
import type { VideoModel } from "../model.ts";
import { COMMON, FROM_1_TO_15, SHAPE_OF_IMAGE, TEXT_OR_FRAMES, TEXT_OR_IMAGE, TWO_FRAMES } from "./common.ts";

const pixverseCommon = () =>
  ({
    ...COMMON,
    company: "Pixverse",
    logo: "pixverse",
    aspectRatios: ["16:9", "4:3", "1:1", "3:4", "9:16"],
    resolutions: ["360p", "540p", "720p", "1080p"],
    promptLimit: { max: 2048, unit: "bytes" },
    // Nothing is published.
    expectedMs: { p50: 60_000, p95: 240_000 },
  }) as const;

/** The Pixverse models. */
export const pixverse = () => {
  const v5 = {
    ...pixverseCommon(),
    isNew: false,
    durations: [5, 8],
    durationsAt: { "1080p": [5] },
    baseCredits: 16,
  } as const;
  return {
    "pixverse-v5": {
      ...v5,
      ...TEXT_OR_IMAGE,
      ...SHAPE_OF_IMAGE,
      label: "Pixverse v5",
      description: "Stylised clips in many sizes.",
    },
    "pixverse-v5-transition": { ...v5, ...TWO_FRAMES, label: "Pixverse v5 Transition" },
    "vid-pixverse-6": {
      ...pixverseCommon(),
      ...TEXT_OR_FRAMES,
      // Between two frames the shape can be chosen.
      ...SHAPE_OF_IMAGE,
      aspectRatios: ["16:9", "4:3", "1:1", "3:4", "9:16", "2:3", "3:2", "21:9"],
      durations: FROM_1_TO_15,
      audio: "optional",
      // 1080p is left out, because its price with sound is not published.
      resolutions: ["360p", "540p", "720p"],
      cost: {
        perSecond: {
          "360p": { silent: 0.025, sound: 0.035 },
          "540p": { silent: 0.035, sound: 0.045 },
          "720p": { silent: 0.045, sound: 0.06 },
        },
      },
      label: "Pixverse 6",
      description: "Stylised clips of any length, sound on request.",
    },
  } as const satisfies Record<string, VideoModel>;
};
