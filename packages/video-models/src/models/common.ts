// What most models have in common. A family spreads it first, then names what differs.

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

/** Works from text alone, and takes an image. */
export const TEXT_OR_IMAGE = { inputs: [{ kind: "none" }, { kind: "image" }] } as const;

/** With an image attached the picture has the image's shape. */
export const SHAPE_OF_IMAGE = { inMode: { "image-to-video": { aspectRatios: [] } } } as const;

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
