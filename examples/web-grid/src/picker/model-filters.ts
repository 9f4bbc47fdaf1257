// What a model can do, as the filters of the picker ask for it. Pure.
import type { VideoModel } from "@video-engine/video-models";

/** One filter. */
export type ModelFilter = "text" | "image" | "frames" | "references" | "edit" | "sound" | "long" | "uhd";

const LONG_SECONDS = 15;

const CAN: Readonly<Record<ModelFilter, (model: VideoModel) => boolean>> = {
  text: has("none"),
  image: has("image"),
  frames: ({ inputs }) =>
    inputs.some((input) => input.kind === "frames" || (input.kind === "image" && input.endFrame !== undefined)),
  references: (model) => has("references")(model) || has("media")(model),
  edit: (model) => has("video")(model) || has("references")(model),
  sound: ({ audio }) => audio !== "none",
  long: ({ durations }) => durations.some((duration) => duration !== "auto" && duration >= LONG_SECONDS),
  uhd: ({ resolutions }) => resolutions.includes("4K"),
};

/** All of them, in the order in which they are shown. */
export const MODEL_FILTERS = Object.keys(CAN) as readonly ModelFilter[]; // the keys of a literal

/** Whether a model can do all of that. */
export function canAll(model: VideoModel, filters: readonly ModelFilter[]): boolean {
  return filters.every((filter) => CAN[filter](model));
}

function has(kind: VideoModel["inputs"][number]["kind"]): (model: VideoModel) => boolean {
  return ({ inputs }) => inputs.some((input) => input.kind === kind);
}
