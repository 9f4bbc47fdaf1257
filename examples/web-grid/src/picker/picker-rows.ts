// What the rows of the picker say, and which of them are found. Pure.
import type { ListedVideoModel, VideoSettings } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";
import type { SoldModels } from "@video-engine/video-sdk/react";
import { WORDS } from "../words.ts";
import { isNewAt } from "./added-on.ts";
import { canAll, type ModelFilter } from "./model-filters.ts";

/** One model. */
export interface PickerRow {
  readonly model: ListedVideoModel;
  /** What it can do, in a few words each. */
  readonly specs: readonly string[];
  /** For the settings that are chosen now. */
  readonly price: string;
  readonly badges: readonly string[];
}

/** The models of one maker. */
export interface PickerGroup {
  readonly value: string;
  readonly items: readonly PickerRow[];
}

/** What the price is for. */
export interface PickedNow {
  readonly chosen: VideoSettings;
  readonly files: AttachedFiles;
}

const { isNew, ends, credits } = WORDS.picker;

/** A row for each model that is sold here, in the picker's order. */
export function pickerRows(models: SoldModels, { chosen, files }: PickedNow, now: number): readonly PickerRow[] {
  return models.sortedVideoModels().map((model) => ({
    model,
    specs: models.traitsOf(model.id).specs,
    price: credits(priceOf(models, model, { chosen, files })),
    badges: [
      ...(isNewAt(model.id, now) ? [isNew] : []),
      ...(model.lifecycle.stage === "deprecated" ? [ends(model.lifecycle.date)] : []),
    ],
  }));
}

function priceOf(models: SoldModels, { id }: ListedVideoModel, { chosen, files }: PickedNow): number {
  return models.quoteVideo({ model: id, prompt: "", ...models.fitSettings(id, chosen, files) }).credits;
}

/** The rows that can do all of that and of which each typed word begins a word, by maker. */
export function groupsOf(
  rows: readonly PickerRow[],
  wanted: string,
  filters: readonly ModelFilter[],
): readonly PickerGroup[] {
  const found = rows.filter((row) => canAll(row.model, filters) && matches(row, wanted));
  const makers = [...new Set(found.map(({ model }) => model.company))];
  return makers.map((maker) => ({ value: maker, items: found.filter(({ model }) => model.company === maker) }));
}

/** In anything that the row shows. */
function matches({ model, specs, price, badges }: PickerRow, wanted: string): boolean {
  const words = wordsOf([model.label, model.company, model.description, ...specs, price, ...badges].join(" "));
  return wordsOf(wanted).every((typed) => words.some((word) => word.startsWith(typed)));
}

function wordsOf(text: string): readonly string[] {
  return text
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
}
