// Google's Gemini Omni Flash, as data. Lists are fal's schema of 2026-08, lengths those of its pages.
import type { VideoModel } from "../model.ts";
import { COMMON, UNKNOWN_SPEED } from "./common.ts";

/** The Gemini models. */
export const gemini = () => {
  const shared = {
    ...COMMON,
    ...UNKNOWN_SPEED,
    company: "Google",
    logo: "googleg",
    aspectRatios: ["16:9", "9:16"],
    durations: [3, 4, 5, 6, 7, 8, 9, 10],
    audio: "always",
    // The provider's own default.
    defaultSeconds: 8,
  } as const;
  return {
    "vid-gemini-omni-flash": {
      ...shared,
      inputs: [{ kind: "image" }],
      label: "Gemini Omni Flash",
      description: "Brings an image to life, with sound.",
    },
    "vid-gemini-omni-flash-reference": {
      ...shared,
      // Ours: pages name three and five.
      inputs: [{ kind: "media", max: 3, images: { max: 3 } }],
      label: "Gemini Omni Flash Reference",
      description: "Keeps the subjects of images, with sound.",
    },
  } as const satisfies Record<string, VideoModel>;
};
