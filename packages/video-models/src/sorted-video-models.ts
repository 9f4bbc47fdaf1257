// The models in the order of the picker.
import type { VideoModel } from "./model.ts";
import { hasPrice } from "./price-of.ts";
import { DEFAULT_PRICE_TABLE, type PriceTable } from "./price-table.ts";
import type { VideoPricing } from "./pricing.ts";
import { VIDEO_MODELS, type VideoModelId } from "./registry.ts";

/** A model with its id, for a list. */
export interface ListedVideoModel extends VideoModel {
  readonly id: VideoModelId;
}

/** What a list of models leaves out. */
export interface ListedBy {
  /** Default false. */
  readonly includeRetired?: boolean | undefined;
  /** The prices of the app: a model without a price is left out. Default: today's charges, which are those of the plan's models. */
  readonly pricing?: Pick<VideoPricing, "isPriced"> | undefined;
}

/** The app's choice, before all others. */
const PICKER_FIRST: readonly VideoModelId[] = ["vid-veo-3.1", "kie-sora-2"];

/**
 * The models that can be sold, transitions included: first the app's choice, then the new ones, then the others, each by label. Retired ones
 * only on demand. A deprecated one says so in its `lifecycle`.
 */
export function sortedVideoModels(by?: ListedBy): readonly ListedVideoModel[] {
  return listedModels(VIDEO_MODELS, DEFAULT_PRICE_TABLE, by);
}

/** The same for some models, and the prices that count where the app has none. */
export function listedModels(
  models: Readonly<Record<string, VideoModel>>,
  table: PriceTable,
  { includeRetired = false, pricing }: ListedBy = {},
): readonly ListedVideoModel[] {
  const isPriced = (listed: ListedVideoModel) =>
    pricing?.isPriced(listed.id) ?? hasPrice({ id: listed.id, model: listed }, table);
  return Object.entries(models)
    .map(([id, model]): ListedVideoModel => ({ ...model, id: id as VideoModelId })) // entries loses the type of the keys
    .filter((listed) => isPriced(listed) && (includeRetired || listed.lifecycle.stage !== "retired"))
    .sort((a, b) => rankOf(a) - rankOf(b) || (a.label < b.label ? -1 : 1));
}

function rankOf({ id, isNew }: ListedVideoModel): number {
  const first = PICKER_FIRST.indexOf(id);
  if (first >= 0) return first;
  return PICKER_FIRST.length + (isNew ? 0 : 1);
}
