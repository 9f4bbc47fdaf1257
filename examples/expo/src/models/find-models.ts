// The models that this screen offers, and the search among them: every word must occur somewhere in what is said of a model.
import type { ListedVideoModel } from "@video-engine/video-models";
import type { SoldModels } from "@video-engine/video-sdk/react";

/** The models that a search finds, in the order of the picker. An empty search finds all. A device's picker gives pictures and videos, and no sound. */
export function findModels(models: SoldModels, search: string): readonly ListedVideoModel[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return models.sortedVideoModels().filter((model) => {
    if (models.choicesFor(model.id).attachments.audio === "required") return false;
    const { specs } = models.traitsOf(model.id);
    const said = [model.label, model.company, model.description, ...specs].join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
