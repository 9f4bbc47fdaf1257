// Google's Veo 3.1, as data. Lists are fal's schema of 2026-08; 4k is left out of the plan's models because no price exists for it.
import type { VideoModel } from "../model.ts";
import { COMMON, SOUND_ON, TEXT_OR_FRAMES, TEXT_OR_IMAGE, TWO_FRAMES } from "./common.ts";

const FREE_SHAPE = { aspectRatios: ["auto", "16:9", "9:16"] } as const;

// Measured averages: 85 s standard, 61 s fast (one job). The 95th percentiles are guesses.
const STANDARD = { baseCredits: 240, expectedMs: { p50: 85_000, p95: 240_000 } } as const;
const FAST = { baseCredits: 108, expectedMs: { p50: 60_000, p95: 180_000 } } as const;

/** The Veo models. */
export const veo = () => ({ ...plan(), ...newer() }) as const satisfies Record<string, VideoModel>;

function veoCommon() {
  return {
    ...COMMON,
    ...SOUND_ON,
    company: "Google",
    logo: "googleg",
    aspectRatios: ["16:9", "9:16"],
    durations: [4, 6, 8],
    resolutions: ["720p", "1080p"],
    // The provider's own default; 5 s does not exist here.
    defaultSeconds: 8,
    lifecycle: {
      stage: "available",
      note: "Google's own API has deprecated Veo 3.1 since October 2026; fal still lists it.",
    },
  } as const;
}

function plan() {
  const shared = veoCommon();
  return {
    "vid-veo-3.1": {
      ...shared,
      ...TEXT_OR_IMAGE,
      ...STANDARD,
      label: "Veo 3.1",
      description: "Cinematic clips with sound.",
    },
    "vid-veo-3.1-fast": {
      ...shared,
      ...TEXT_OR_IMAGE,
      ...FAST,
      label: "Veo 3.1 Fast",
      description: "Veo 3.1, quicker and cheaper.",
    },
    "veo3.1-transition": { ...shared, ...TWO_FRAMES, ...STANDARD, label: "Veo 3.1 Transition" },
    "veo3.1-fast-transition": { ...shared, ...TWO_FRAMES, ...FAST, label: "Veo 3.1 Fast Transition" },
  } as const;
}

/** Those that are sold by the second. */
function newer() {
  const shared = veoCommon();
  // Of the standard tier. That of extending is not published by itself.
  const cost = {
    perSecond: {
      "720p": { silent: 0.2, sound: 0.4 },
      "1080p": { silent: 0.2, sound: 0.4 },
      "4K": { silent: 0.4, sound: 0.6 },
    },
  } as const;
  const { expectedMs } = STANDARD;
  return {
    "vid-veo-3.1-lite": {
      ...shared,
      ...TEXT_OR_FRAMES,
      // Between two frames 8 s are the only length.
      inMode: { "image-to-video": FREE_SHAPE, "first-last-frame": { ...FREE_SHAPE, durations: [8] } },
      expectedMs: FAST.expectedMs,
      cost: { perSecond: { "720p": { silent: 0.03, sound: 0.05 }, "1080p": { silent: 0.05, sound: 0.08 } } },
      label: "Veo 3.1 Lite",
      description: "Veo 3.1 at its lowest price, with sound.",
    },
    "vid-veo-3.1-reference": {
      ...shared,
      // Google takes three images.
      inputs: [{ kind: "media", max: 3, images: { max: 3 } }],
      durations: [8],
      resolutions: ["720p", "1080p", "4K"],
      expectedMs,
      cost,
      label: "Veo 3.1 Reference",
      description: "Keeps the subjects of up to three images.",
    },
    "vid-veo-3.1-extend": {
      ...shared,
      ...FREE_SHAPE,
      inputs: [{ kind: "video" }],
      mode: "extend",
      durations: [7],
      resolutions: ["720p"],
      defaultSeconds: 7,
      expectedMs,
      cost,
      label: "Veo 3.1 Extend",
      description: "Continues a video by seven seconds.",
    },
  } as const;
}
