// xAI's Grok Imagine, as data. Lists and prices are fal's of 2026-08, lengths those of its pages.
import type { VideoModel } from "../model.ts";
import { COMMON, FROM_1_TO_15 } from "./common.ts";

/** The Grok Imagine models. */
export const grok = () => {
  const shared = {
    ...COMMON,
    company: "xAI",
    logo: "xai",
    durations: FROM_1_TO_15,
    audio: "always",
    // The provider's own default.
    defaultSeconds: 6,
    // "1-4 min" for models like it.
    expectedMs: { p50: 120_000, p95: 480_000 },
  } as const;
  return {
    "vid-grok-imagine": {
      ...shared,
      inputs: [{ kind: "none" }],
      aspectRatios: ["16:9", "4:3", "3:2", "1:1", "2:3", "3:4", "9:16"],
      resolutions: ["480p", "720p"],
      cost: { perSecond: { "480p": 0.05, "720p": 0.07 } },
      label: "Grok Imagine",
      description: "Playful scenes from text, with sound.",
    },
    "vid-grok-imagine-1.5": {
      ...shared,
      inputs: [{ kind: "image" }],
      aspectRatios: [],
      resolutions: ["480p", "720p", "1080p"],
      cost: { perSecond: { "480p": 0.08, "720p": 0.14, "1080p": 0.25 } },
      label: "Grok Imagine 1.5",
      description: "Brings an image to life, with sound.",
    },
  } as const satisfies Record<string, VideoModel>;
};
