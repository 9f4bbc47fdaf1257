// Where a picture goes that a video is to begin with. Pure.
import { transitionOf, type VideoModelId } from "@video-engine/video-models";
import type { SoldModels } from "@video-engine/video-sdk/react";
import type { Place } from "./picked.ts";

/** The chosen model where it begins with a picture, else its sibling, else the first that does. Undefined where none is sold. */
export function startPlace(
  models: SoldModels,
  chosen: VideoModelId,
): { readonly model: VideoModelId; readonly place: Place } | undefined {
  const candidates = [chosen, transitionOf(chosen), ...models.sortedVideoModels().map(({ id }) => id)];
  for (const model of candidates) {
    if (model === undefined || !models.isVideoModelId(model)) continue;
    const { startFrame, image } = models.choicesFor(model).attachments;
    if (startFrame !== "none") return { model, place: "start-frame" };
    if (image !== "none") return { model, place: "image" };
  }
  return undefined;
}
