// Shengshu's Vidu Q3, as data. Lists are fal's schema of 2026-08.
import type { VideoModel } from "../model.ts";
import { COMMON, FROM_1_TO_15, SOUND_ON, TEXT_OR_FRAMES, UNKNOWN_SPEED } from "./common.ts";

/** The Vidu models. */
export const vidu = () =>
  ({
    "vid-vidu-q3": {
      ...COMMON,
      ...SOUND_ON,
      ...TEXT_OR_FRAMES,
      ...UNKNOWN_SPEED,
      label: "Vidu Q3",
      description: "Speech and effects in one go.",
      company: "Vidu",
      logo: "vidu",
      aspectRatios: ["16:9", "9:16", "4:3", "3:4", "1:1"],
      durations: [...FROM_1_TO_15, 16],
      resolutions: ["360p", "540p", "720p", "1080p"],
      // With a last frame there is no 360p.
      inMode: {
        "image-to-video": { aspectRatios: [] },
        "first-last-frame": { aspectRatios: [], resolutions: ["540p", "720p", "1080p"] },
      },
      promptLimit: { max: 2000, unit: "characters" },
    },
  }) as const satisfies Record<string, VideoModel>;
