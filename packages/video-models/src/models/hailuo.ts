// MiniMax's Hailuo 2.3, as data. Neither endpoint takes an aspect ratio or a resolution; Pro takes no duration either.
import type { VideoModel } from "../model.ts";
import { COMMON, TEXT_OR_IMAGE } from "./common.ts";

const shared = {
  ...COMMON,
  ...TEXT_OR_IMAGE,
  company: "MiniMax",
  logo: "minimax",
  aspectRatios: [],
  // fal's fast endpoints exist for image-to-video only.
  togglesWithImage: ["fast-mode"],
  // The fast endpoint takes 110 s on average, and is said to be about 50 % faster.
  expectedMs: { p50: 210_000, p95: 540_000 },
} as const;

/** The Hailuo models. */
export const HAILUO_MODELS = {
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
} as const satisfies Record<string, VideoModel>;
