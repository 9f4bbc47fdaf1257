// Pixverse v5, as data. Full HD exists for 5 s only; the prompt is limited in bytes.
import type { VideoModel } from "../model.ts";
import { COMMON, SHAPE_OF_IMAGE, TEXT_OR_IMAGE, TWO_FRAMES } from "./common.ts";

const shared = {
  ...COMMON,
  company: "Pixverse",
  logo: "pixverse",
  isNew: false,
  aspectRatios: ["16:9", "4:3", "1:1", "3:4", "9:16"],
  durations: [5, 8],
  resolutions: ["360p", "540p", "720p", "1080p"],
  durationsAt: { "1080p": [5] },
  promptLimit: { max: 2048, unit: "bytes" },
  baseCredits: 16,
  // Nothing is published.
  expectedMs: { p50: 60_000, p95: 240_000 },
} as const;

/** The Pixverse models. */
export const PIXVERSE_MODELS = {
  "pixverse-v5": {
    ...shared,
    ...TEXT_OR_IMAGE,
    ...SHAPE_OF_IMAGE,
    label: "Pixverse v5",
    description: "Stylised clips in many sizes.",
  },
  "pixverse-v5-transition": { ...shared, ...TWO_FRAMES, label: "Pixverse v5 Transition" },
} as const satisfies Record<string, VideoModel>;
