// MiniMax's Hailuo, as data. No endpoint of 2.3 takes an aspect ratio or a resolution; its Pro takes no duration either. 3 is named H3.
import type { VideoModel } from "../model.ts";
import { COMMON, SHAPE_OF_FRAMES, TEXT_OR_FRAMES, TEXT_OR_IMAGE, UNKNOWN_SPEED } from "./common.ts";

/** The Hailuo models. */
export const hailuo = () => ({ ...hailuo23(), ...h3() }) as const satisfies Record<string, VideoModel>;

const MINIMAX = { company: "MiniMax", logo: "minimax" } as const;

function hailuo23() {
  const shared = {
    ...COMMON,
    ...TEXT_OR_IMAGE,
    ...MINIMAX,
    aspectRatios: [],
    // fal's fast endpoints exist for image-to-video only.
    togglesWithImage: ["fast-mode"],
    // The fast endpoint takes 110 s on average, and is said to be about 50 % faster.
    expectedMs: { p50: 210_000, p95: 540_000 },
  } as const;
  return {
    "vid-hailuo-2.3-pro": {
      ...shared,
      label: "Hailuo 2.3 Pro",
      description: "Expressive people in full HD.",
      durations: [],
      baseCredits: 49,
    },
    "vid-hailuo-2.3": {
      ...shared,
      label: "Hailuo 2.3 Standard",
      description: "Expressive people for less.",
      durations: [6, 10],
      baseCredits: 30,
    },
  } as const;
}

function h3() {
  const shared = {
    ...COMMON,
    ...MINIMAX,
    ...UNKNOWN_SPEED,
    aspectRatios: ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"],
    // The default. Nothing is published of others, nor of sound.
    durations: [5],
    resolutions: ["2K"],
  } as const;
  return {
    "vid-minimax-h3": {
      ...shared,
      ...TEXT_OR_FRAMES,
      ...SHAPE_OF_FRAMES,
      label: "MiniMax H3",
      description: "Expressive people in 2K.",
    },
    "vid-minimax-h3-reference": {
      ...shared,
      aspectRatios: ["auto", ...shared.aspectRatios],
      // Ours: fal names no numbers.
      inputs: [{ kind: "media", max: 6, images: { max: 4 }, videos: { max: 1 }, audios: { max: 1 } }],
      label: "MiniMax H3 Reference",
      description: "Follows images, a video and a sound, in 2K.",
    },
  } as const;
}
