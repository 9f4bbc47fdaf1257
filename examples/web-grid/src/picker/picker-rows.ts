// What the rows of the picker say, and which of them are found. Pure.
import { fitSettings, sortedVideoModels, traitsOf } from "@video-engine/video-models";
import type { ListedVideoModel, VideoSettings } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";
import { pricing } from "../pricing.ts";
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
export function pickerRows({ chosen, files }: PickedNow, now: number): readonly PickerRow[] {
  return sortedVideoModels({ pricing }).map((model) => ({
    model,
    specs: traitsOf(model.id).specs,
    price: credits(priceOf(model, { chosen, files })),
    badges: [
      ...(isNewAt(model.id, now) ? [isNew] : []),
      ...(model.lifecycle.stage === "deprecated" ? [ends(model.lifecycle.date)] : []),
    ],
  }));
}

function priceOf({ id }: ListedVideoModel, { chosen, files }: PickedNow): number {
  const settings = fitSettings(id, chosen, files);
  return pricing.calculateVideoCost(id, { ...settings, hasAudio: settings.generateAudio });
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
