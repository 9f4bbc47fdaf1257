// Ovi, as data. fal takes pixel sizes instead of ratios, no 4:3 or 3:4 among them, and no duration.
import type { VideoModel } from "../model.ts";
import { COMMON, SHAPE_OF_IMAGE, TEXT_OR_IMAGE } from "./common.ts";

/** The Ovi models. */
export const ovi = () =>
  ({
    "vid-ovi": {
      ...COMMON,
      ...TEXT_OR_IMAGE,
      ...SHAPE_OF_IMAGE,
      label: "Ovi",
      description: "Short clips with speech and effects.",
      company: "Ovi",
      logo: "ovi",
      aspectRatios: ["16:9", "9:16", "1:1"],
      durations: [],
      audio: "always",
      baseCredits: 21,
      // Nothing is published.
      expectedMs: { p50: 90_000, p95: 300_000 },
    },
  }) as const satisfies Record<string, VideoModel>;
