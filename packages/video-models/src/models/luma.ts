// Luma's Ray 3.2, as data. Lists are fal's schema of 2026-08.
import type { VideoModel } from "../model.ts";
import { COMMON, UNKNOWN_SPEED } from "./common.ts";

/** The Luma models. */
export const luma = () =>
  ({
    "vid-luma-ray-3.2": {
      ...COMMON,
      ...UNKNOWN_SPEED,
      label: "Luma Ray 3.2",
      description: "Cinematic motion, directed by keyframes.",
      company: "Luma",
      logo: "luma",
      inputs: [
        { kind: "none" },
        { kind: "image", endFrame: "optional" },
        // Luma takes 64; a request carries lists of 32.
        { kind: "keyframes", min: 2, max: 32 },
      ],
      aspectRatios: ["16:9", "9:16", "1:1", "4:3", "3:4", "21:9"],
      durations: [5, 10],
      resolutions: ["540p", "720p", "1080p"],
    },
  }) as const satisfies Record<string, VideoModel>;
