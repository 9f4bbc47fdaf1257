// ByteDance's Seedance, as data. The app's durations and ratios are kept: each is a subset of the provider's. Version 2 is in seedance-2.ts.
import type { VideoModel } from "../model.ts";
import { TEXT_OR_IMAGE, TWO_FRAMES } from "./common.ts";
import { seedance2 } from "./seedance-2.ts";
import { seedanceCommon } from "./seedance-common.ts";

/** The Seedance models. */
export const seedance = () =>
  ({ ...seedance1(), ...seedance15(), ...seedance2() }) as const satisfies Record<string, VideoModel>;

function seedance1() {
  const v1 = { ...seedanceCommon(), durations: [5, 8, 12], resolutions: ["480p", "720p", "1080p"] } as const;
  // 80 s on average; 60 s for Lite.
  const v1Pro = { ...v1, baseCredits: 34, expectedMs: { p50: 80_000, p95: 240_000 } } as const;
  return {
    "vid-seedance-lite": {
      ...v1,
      ...TEXT_OR_IMAGE,
      label: "Seedance Lite",
      description: "Quick clips with a steady camera.",
      baseCredits: 21,
      expectedMs: { p50: 60_000, p95: 240_000 },
      lifecycle: {
        stage: "retired",
        date: "2026-05",
        replacement: "vid-seedance-pro-fast",
        note: "The provider has ended it.",
      },
    },
    "vid-seedance-pro": {
      ...v1Pro,
      ...TEXT_OR_IMAGE,
      label: "Seedance Pro",
      description: "Clips of several shots, sharp and silent.",
    },
    "seedance-pro-transition": { ...v1Pro, ...TWO_FRAMES, label: "Seedance Pro Transition" },
    "vid-seedance-pro-fast": {
      ...v1,
      ...TEXT_OR_IMAGE,
      durations: [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
      expectedMs: { p50: 60_000, p95: 240_000 },
      cost: { perThousandTokens: 0.001 },
      label: "Seedance Pro Fast",
      description: "Seedance Pro, quicker and cheaper, silent.",
    },
  } as const;
}

function seedance15() {
  const v15Pro = {
    ...seedanceCommon(),
    providers: ["kie", "fal"],
    durations: [4, 8, 12],
    resolutions: ["480p", "720p"],
    audio: "optional",
    // kie's limits.
    promptLimit: { min: 3, max: 20_000, unit: "characters" },
    baseCredits: 34,
    // Nothing is published.
    expectedMs: { p50: 120_000, p95: 360_000 },
    lifecycle: {
      stage: "deprecated",
      date: "2026-11",
      replacement: "vid-seedance-2.0",
      note: "kie and fal end it in November 2026.",
    },
  } as const;
  return {
    "kie-seedance-1.5-pro": {
      ...v15Pro,
      ...TEXT_OR_IMAGE,
      label: "Seedance 1.5 Pro",
      description: "Clips of several shots, with sound on request.",
    },
    "kie-seedance-1.5-pro-transition": { ...v15Pro, ...TWO_FRAMES, label: "Seedance 1.5 Pro Transition" },
  } as const;
}
