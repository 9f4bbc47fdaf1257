// Whether a model matches a search. Pure.
import { traitsOf, type ListedVideoModel } from "@video-engine/video-models";

/** Whether each word that was typed begins a word of its name, maker, description or specs. */
export function matches({ id, label, company, description }: ListedVideoModel, wanted: string): boolean {
  const words = wordsOf([label, company, description, ...traitsOf(id).specs].join(" "));
  return wordsOf(wanted).every((typed) => words.some((word) => word.startsWith(typed)));
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
}
