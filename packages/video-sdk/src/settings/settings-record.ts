// The settings of one user, of all models together, as they are in memory and as a stored text. Pure. A stored text is not trusted.
import type { VideoModelId } from "@video-engine/video-models";
import { isObject, readChosen, type VideoSettingsChange } from "./chosen-settings.ts";

/** Settings of several models, or changes of them. */
export interface SettingsRecord {
  /** The model last used. Perhaps one that this version does not know. */
  readonly model: string | undefined;
  /** What was chosen, by the id of its model; under {@link SHOWN_MODEL} while it is not known which one that is. */
  readonly chosen: ReadonlyMap<string, VideoSettingsChange>;
}

/** Stands for the model that is shown, while the storage has not said yet which one was last used. */
export const SHOWN_MODEL = "";

/** Nothing chosen, or no change. */
export const NO_SETTINGS: SettingsRecord = { model: undefined, chosen: new Map() };

/** A stored text, read. `locked`: a newer version's, to be left alone. `nothing`: none of ours, so that nothing is lost by writing over it. */
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
  const stored = parseObject(text);
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

/** What was chosen for the model that was shown, put down to the model that it turned out to be. Every other choice is later than that. */
export function withShownAs(record: SettingsRecord, model: VideoModelId): SettingsRecord {
  const shown = record.chosen.get(SHOWN_MODEL);
  if (shown === undefined) return record;
  const chosen = new Map(record.chosen);
  chosen.delete(SHOWN_MODEL);
  return { model: record.model, chosen: chosen.set(model, { ...shown, ...chosen.get(model) }) };
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
