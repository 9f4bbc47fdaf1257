// The search of the model picker: every word must occur somewhere in what is said of a model.
import { traitsOf, type ListedVideoModel } from "@video-engine/video-models";
import { sortedVideoModels } from "@video-engine/video-models";

/** The models that a search finds, in the order of the picker. An empty search finds all. */
export function findModels(search: string): readonly ListedVideoModel[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return sortedVideoModels().filter((model) => {
    const said = [model.label, model.company, model.description, ...traitsOf(model.id).specs].join(" ").toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
