// The models in the order of the picker.
import type { VideoModel } from "./model.ts";
import { VIDEO_MODELS, type VideoModelId, videoModelIds } from "./registry.ts";

/** A model with its id, for a list. */
export interface ListedVideoModel extends VideoModel {
  readonly id: VideoModelId;
}

/** The app's choice, before all others. */
const PICKER_FIRST: readonly VideoModelId[] = ["vid-veo-3.1", "kie-sora-2"];

/** All models, transitions included: first the app's choice, then the new ones, then the others, each by label. Retired ones only on demand. */
export function sortedVideoModels({ includeRetired = false } = {}): readonly ListedVideoModel[] {
  return videoModelIds()
    .map((id): ListedVideoModel => ({ id, ...VIDEO_MODELS[id] }))
    .filter(({ lifecycle }) => includeRetired || lifecycle.stage !== "retired")
    .sort((a, b) => rankOf(a) - rankOf(b) || (a.label < b.label ? -1 : 1));
}

function rankOf({ id, isNew }: ListedVideoModel): number {
  const first = PICKER_FIRST.indexOf(id);
  if (first >= 0) return first;
  return PICKER_FIRST.length + (isNew ? 0 : 1);
}
