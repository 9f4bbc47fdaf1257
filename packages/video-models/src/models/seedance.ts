// ByteDance's Seedance, as data. The app's durations and ratios are kept: each is a subset of the provider's.
import type { VideoModel } from "../model.ts";
import { COMMON, TEXT_OR_IMAGE, TWO_FRAMES } from "./common.ts";

const shared = {
  ...COMMON,
  company: "ByteDance",
  logo: "bytedance-color",
  aspectRatios: ["16:9", "9:16", "1:1", "4:3", "3:4"],
  toggles: ["camera-fixed"],
} as const;

const v1 = { ...shared, durations: [5, 8, 12], resolutions: ["480p", "720p", "1080p"] } as const;

// 80 s on average; 60 s for Lite.
const v1Pro = { ...v1, baseCredits: 34, expectedMs: { p50: 80_000, p95: 240_000 } } as const;

const v15Pro = {
  ...shared,
  providers: ["kie", "fal"],
  durations: [4, 8, 12],
  resolutions: ["480p", "720p"],
  audio: "optional",
  // kie's limits.
  promptLimit: { min: 3, max: 20_000, unit: "characters" },
  baseCredits: 34,
  // Nothing is published.
  expectedMs: { p50: 120_000, p95: 360_000 },
} as const;

/** The Seedance models. */
export const SEEDANCE_MODELS = {
  "vid-seedance-lite": {
    ...v1,
    ...TEXT_OR_IMAGE,
    label: "Seedance Lite",
    description: "Quick clips with a steady camera.",
    baseCredits: 21,
    expectedMs: { p50: 60_000, p95: 240_000 },
  },
  "vid-seedance-pro": {
    ...v1Pro,
    ...TEXT_OR_IMAGE,
    label: "Seedance Pro",
    description: "Clips of several shots, sharp and silent.",
  },
  "seedance-pro-transition": { ...v1Pro, ...TWO_FRAMES, label: "Seedance Pro Transition" },
  "kie-seedance-1.5-pro": {
    ...v15Pro,
    ...TEXT_OR_IMAGE,
    label: "Seedance 1.5 Pro",
    description: "Clips of several shots, with sound on request.",
  },
  "kie-seedance-1.5-pro-transition": { ...v15Pro, ...TWO_FRAMES, label: "Seedance 1.5 Pro Transition" },
} as const satisfies Record<string, VideoModel>;
