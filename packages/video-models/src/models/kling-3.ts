// Kuaishou's Kling 3 and O3 and its avatars, as data. Lists are fal's schema of 2026-08.
import { FROM_3_TO_15, SHAPE_OF_FRAMES, SHAPE_OF_IMAGE, SOUND_ON, TEXT_OR_FRAMES, TEXT_OR_IMAGE } from "./common.ts";
import { klingCommon } from "./kling-common.ts";

// Measured once for O3: 250 s.
const SPEED = { p50: 240_000, p95: 480_000 } as const;

/** The models of version 3. */
export const kling3 = () => ({ ...versions(), ...fromReferences() }) as const;

const v3 = () => ({ ...klingCommon(), ...SOUND_ON, durations: FROM_3_TO_15, expectedMs: SPEED }) as const;

function versions() {
  const frames = { ...v3(), ...TEXT_OR_FRAMES, ...SHAPE_OF_FRAMES } as const;
  return {
    "vid-kling-3-pro": {
      ...frames,
      cost: { perSecond: { silent: 0.112, sound: 0.168 } },
      label: "Kling 3 Pro",
      description: "Strong motion in long takes, with sound.",
    },
    "vid-kling-3-standard": {
      ...frames,
      cost: { perSecond: { silent: 0.084, sound: 0.126 } },
      label: "Kling 3 Standard",
      description: "Kling 3 for less, with sound.",
    },
    "vid-kling-3-turbo": {
      ...v3(),
      ...TEXT_OR_IMAGE,
      ...SHAPE_OF_IMAGE,
      audio: "none",
      audioOnByDefault: false,
      cost: { perSecond: 0.14 },
      label: "Kling 3 Turbo",
      description: "Kling 3 in a hurry, silent.",
    },
    "vid-kling-o3": {
      ...frames,
      cost: { perSecond: { silent: 0.112, sound: 0.14 } },
      label: "Kling O3",
      description: "Follows long prompts closely, with sound.",
    },
  } as const;
}

function fromReferences() {
  return {
    "vid-kling-o3-reference": {
      ...v3(),
      // fal states four with a video; seven is its limit for O1. An edit is as long as its video, which may have 10 s.
      inputs: [{ kind: "references", max: 7, maxWithVideo: 4 }],
      inMode: { "video-to-video-edit": { aspectRatios: [], durations: [] } },
      cost: {
        perSecond: { silent: 0.112, sound: 0.14 },
        inMode: { "video-to-video-edit": { perSecond: 0.336, maxSeconds: 10 } },
      },
      label: "Kling O3 Reference",
      description: "Builds on images and elements, or edits a video.",
    },
    "vid-kling-avatar-2-pro": {
      ...v3(),
      inputs: [{ kind: "image" }, { kind: "audio", need: "required" }],
      mode: "avatar",
      aspectRatios: [],
      durations: [],
      audio: "always",
      audioOnByDefault: false,
      promptLimit: { min: 0, max: 2500, unit: "characters" },
      label: "Kling Avatar 2 Pro",
      description: "Lets a portrait speak or sing.",
    },
  } as const;
}
