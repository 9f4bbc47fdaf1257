// One user's settings of all models, in memory and as a stored text. Pure. Does not trust a stored text.
import type { VideoModelId } from "@video-engine/video-models";
import { readChosen, type VideoSettingsChange } from "./chosen-settings.ts";
import { isObject, parsed } from "../value-kinds.ts";

/** Settings of several models, or changes of them. */
export interface SettingsRecord {
  /** The model that was last used: perhaps one that this version does not know. */
  readonly model: string | undefined;
  /** What was chosen, by model id; under {@link SHOWN_MODEL} while the shown model is not known. */
  readonly chosen: ReadonlyMap<string, VideoSettingsChange>;
}

/** Stands for the shown model until the storage has said which model was last used. */
export const SHOWN_MODEL = "";

/** Nothing chosen, or no change. */
export const NO_SETTINGS: SettingsRecord = { model: undefined, chosen: new Map() };

/** A stored text, decoded. `locked`: written by a newer version, so it must not be overwritten. `nothing`: not ours, so it may be. */
export type DecodedSettings =
  | { readonly kind: "record"; readonly record: SettingsRecord }
  | { readonly kind: "nothing" | "locked" };

/** The version of the format. */
const VERSION = 1;

/** The text to store: `{ v: 1, model, models: { [id]: settings } }`. */
export function encodeSettings({ model, chosen }: SettingsRecord): string {
  const models = Object.fromEntries([...chosen].map(([id, settings]) => [id, readChosen(settings)]));
  return JSON.stringify({ v: VERSION, model, models });
}

/** The settings of a stored text. Never throws. */
export function decodeSettings(text: string): DecodedSettings {
  const stored = parsed(text);
  if (typeof stored["v"] === "number" && stored["v"] > VERSION) return { kind: "locked" };
  if (stored["v"] !== VERSION) return { kind: "nothing" };
  const { model, models } = stored;
  const chosen = Object.entries(isObject(models) ? models : {}).map(([id, value]) => [id, readChosen(value)] as const);
  return { kind: "record", record: { model: typeof model === "string" ? model : undefined, chosen: new Map(chosen) } };
}

/** `later` over `first`, field by field. */
export function mergeFields(first: SettingsRecord, later: SettingsRecord): SettingsRecord {
  const chosen = new Map(first.chosen);
  for (const [id, change] of later.chosen) chosen.set(id, { ...chosen.get(id), ...change });
  return { model: later.model ?? first.model, chosen };
}

/** The record, with the choices for the shown model moved to the model that it turned out to be. The model's own choices are later. */
export function withShownAs(record: SettingsRecord, model: VideoModelId): SettingsRecord {
  const shown = record.chosen.get(SHOWN_MODEL);
  if (shown === undefined) return record;
  const chosen = new Map(record.chosen);
  chosen.delete(SHOWN_MODEL);
  return { model: record.model, chosen: chosen.set(model, { ...shown, ...chosen.get(model) }) };
}
