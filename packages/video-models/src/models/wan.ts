// Alibaba's Wan 2.5, as data. Lists are those that kie and fal have in common.
import type { VideoModel } from "../model.ts";
import { COMMON, SHAPE_OF_IMAGE, TEXT_OR_IMAGE } from "./common.ts";

/** The Wan models. */
export const WAN_MODELS = {
  "kie-wan-2.5": {
    ...COMMON,
    ...TEXT_OR_IMAGE,
    ...SHAPE_OF_IMAGE,
    label: "Wan 2.5",
    description: "Good value, with sound.",
    company: "Alibaba",
    logo: "alibaba",
    isNew: false,
    providers: ["kie", "fal"],
    aspectRatios: ["16:9", "9:16", "1:1"],
    durations: [5, 10],
    resolutions: ["720p", "1080p"],
    audio: "always",
    // kie's limit; fal takes 1500.
    promptLimit: { max: 800, unit: "characters" },
    baseCredits: 15,
    // 180 s on average; "1-2 minutes" by fal.
    expectedMs: { p50: 150_000, p95: 420_000 },
  },
} as const satisfies Record<string, VideoModel>;
