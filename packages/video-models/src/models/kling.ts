// Kuaishou's Kling, as data. Lists are the current schemas of kie and fal. Version 3 is in kling-3.ts.
import type { VideoModel } from "../model.ts";
import { ONE_OR_TWO_FRAMES, SHAPE_OF_IMAGE, TEXT_OR_IMAGE } from "./common.ts";
import { kling3 } from "./kling-3.ts";
import { klingCommon } from "./kling-common.ts";

/** The Kling models. */
export const kling = () => ({ ...kling2(), ...klingO1(), ...kling3() }) as const satisfies Record<string, VideoModel>;

function kling2() {
  const pro = { ...klingCommon(), providers: ["kie", "fal"], durations: [5, 10], baseCredits: 40 } as const;
  // Averages of 110 s from text and 160 s from an image were published.
  const pro25 = { ...pro, expectedMs: { p50: 130_000, p95: 360_000 } } as const;
  return {
    "vid-kling-2.6-pro": {
      ...pro,
      ...TEXT_OR_IMAGE,
      ...SHAPE_OF_IMAGE,
      label: "Kling 2.6 Pro",
      description: "Strong motion, with sound on request.",
      audio: "optional",
      // kie's limit; fal takes more.
      promptLimit: { max: 1000, unit: "characters" },
      // 170 s on average for 10 s with sound.
      expectedMs: { p50: 150_000, p95: 360_000 },
    },
    "vid-kling-2.5-pro": {
      ...pro25,
      ...TEXT_OR_IMAGE,
      ...SHAPE_OF_IMAGE,
      label: "Kling 2.5 Pro",
      description: "Strong motion, silent.",
    },
    "kling-2.5-turbo-transition": { ...pro25, ...ONE_OR_TWO_FRAMES, label: "Kling 2.5 Pro Transition" },
  } as const;
}

function klingO1() {
  // At fal only: kie has no O1. Nothing is published of its speed.
  const o1 = {
    ...klingCommon(),
    durations: [3, 4, 5, 6, 7, 8, 9, 10],
    baseCredits: 35,
    expectedMs: { p50: 180_000, p95: 480_000 },
  } as const;
  return {
    "kling-o1": {
      ...o1,
      label: "Kling O1 Edit",
      description: "Builds on images, or edits a video.",
      // fal counts images and elements together. An edit is as long and as wide as its video.
      inputs: [{ kind: "references", max: 7, maxWithVideo: 4 }],
      inMode: { "video-to-video-edit": { aspectRatios: [], durations: [] } },
    },
    "kling-o1-transition": { ...o1, ...ONE_OR_TWO_FRAMES, label: "Kling O1 Transition" },
  } as const;
}
