// What most models have in common. A family spreads it first, then names what differs. No spreads at the top level of these files: a bundler
// keeps them even where the family is not used.

/** A new, silent model at fal without extras. */
export const COMMON = {
  isNew: true,
  providers: ["fal"],
  resolutions: [],
  audio: "none",
  audioOnByDefault: false,
  toggles: [],
  // Ours: most providers name no limit.
  promptLimit: { max: 5000, unit: "characters" },
  // What the base price is for, whatever the real length where the user cannot choose it.
  nominalSeconds: 5,
  lifecycle: { stage: "available" },
} as const;

/** A guess, where nothing is published of the speed of a new model. */
export const UNKNOWN_SPEED = { expectedMs: { p50: 180_000, p95: 480_000 } } as const;

/** Works from text alone, and takes an image. */
export const TEXT_OR_IMAGE = { inputs: [{ kind: "none" }, { kind: "image" }] } as const;

/** Works from text alone, and takes a first frame, and a last one beside it. */
export const TEXT_OR_FRAMES = { inputs: [{ kind: "none" }, { kind: "image", endFrame: "optional" }] } as const;

/** With an image attached the picture has the image's shape. */
export const SHAPE_OF_IMAGE = { inMode: { "image-to-video": { aspectRatios: [] } } } as const;

/** The same for a model that takes a last frame too. */
export const SHAPE_OF_FRAMES = {
  inMode: { "image-to-video": { aspectRatios: [] }, "first-last-frame": { aspectRatios: [] } },
} as const;

/** Renders between two frames. */
export const TWO_FRAMES = {
  inputs: [{ kind: "frames", endFrame: "required" }],
  description: "From a first frame to a last one.",
} as const;

/** Renders from a frame, to a second one if there is one, in their shape. */
export const ONE_OR_TWO_FRAMES = {
  inputs: [{ kind: "frames", endFrame: "optional" }],
  description: "From a first frame, perhaps to a last one.",
  aspectRatios: [],
} as const;

/** Sound that is made unless it is switched off. */
export const SOUND_ON = { audio: "optional", audioOnByDefault: true } as const;

/** Whole seconds from 3 to 15. */
export const FROM_3_TO_15 = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const;

/** Whole seconds from 1 to 15. */
export const FROM_1_TO_15 = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] as const;
