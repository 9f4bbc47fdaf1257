// Google's Veo 3.1, as data. Lists are fal's schema of 2026-08; 4k is left out because no price exists for it.
import type { VideoModel } from "../model.ts";
import { COMMON, TEXT_OR_IMAGE, TWO_FRAMES } from "./common.ts";

const shared = {
  ...COMMON,
  company: "Google",
  logo: "googleg",
  aspectRatios: ["16:9", "9:16"],
  durations: [4, 6, 8],
  resolutions: ["720p", "1080p"],
  audio: "optional",
  audioOnByDefault: true,
  // The provider's own default; 5 s does not exist here.
  defaultSeconds: 8,
} as const;

// Measured averages: 85 s standard, 61 s fast (one job). The 95th percentiles are guesses.
const standard = { baseCredits: 240, expectedMs: { p50: 85_000, p95: 240_000 } } as const;
const fast = { baseCredits: 108, expectedMs: { p50: 60_000, p95: 180_000 } } as const;

/** The Veo models. */
export const VEO_MODELS = {
  "vid-veo-3.1": {
    ...shared,
    ...TEXT_OR_IMAGE,
    ...standard,
    label: "Veo 3.1",
    description: "Cinematic clips with sound.",
  },
  "vid-veo-3.1-fast": {
    ...shared,
    ...TEXT_OR_IMAGE,
    ...fast,
    label: "Veo 3.1 Fast",
    description: "Veo 3.1, quicker and cheaper.",
  },
  "veo3.1-transition": { ...shared, ...TWO_FRAMES, ...standard, label: "Veo 3.1 Transition" },
  "veo3.1-fast-transition": { ...shared, ...TWO_FRAMES, ...fast, label: "Veo 3.1 Fast Transition" },
} as const satisfies Record<string, VideoModel>;
