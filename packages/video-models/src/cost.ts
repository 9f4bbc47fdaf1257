// `calculateVideoCost` in the product's two call shapes. The rule itself is in price-of.ts.
import { ALL_MODELS, type ModelLookup } from "./model-lookup.ts";
import { priceOf, type VideoCostOptions } from "./price-of.ts";
import { DEFAULT_PRICE_TABLE, type PriceTable } from "./price-table.ts";
import type { VideoModelId } from "./registry.ts";

/** Credits of a video, in two call shapes. Units and defaults as in {@link VideoCostOptions}. */
export interface CalculateVideoCost {
  (model: VideoModelId, options?: VideoCostOptions): number;
  (
    model: VideoModelId,
    resolution?: string,
    hasAudio?: boolean,
    duration?: number,
    fastMode?: boolean,
    removeWatermark?: boolean,
  ): number;
}

/** `calculateVideoCost` with the prices of a table. */
export function costBy(table: PriceTable, { get }: ModelLookup): CalculateVideoCost {
  return (
    model,
    first?: VideoCostOptions | string | null,
    ...[hasAudio, duration, fastMode, removeWatermark]: Rest
  ) => {
    const options =
      typeof first === "object" && first !== null
        ? first
        : { resolution: first ?? undefined, hasAudio, duration, fastMode, removeWatermark };
    return priceOf({ id: model, model: get(model) }, options, table).credits;
  };
}

type Rest = [hasAudio?: boolean, duration?: number, fastMode?: boolean, removeWatermark?: boolean];

/**
 * Whole credits of a video at today's prices: the model's base price; 1080p times 1.5; audio, where the model lets the user
 * choose, times 1.2; more than 5 s times duration / 5; fast mode, where the model has it, times 0.7; watermark removal,
 * where it can, times 1.3; rounded up after each step, in that order. It prices every input; `parseVideoRequest` checks whether the
 * model offers it. Throws `UnknownVideoModelError`, `UnpricedVideoModelError` for a model whose price follows from the provider's, and a
 * RangeError for a duration that is not a number above 0.
 */
export const calculateVideoCost: CalculateVideoCost = /* @__PURE__ */ costBy(DEFAULT_PRICE_TABLE, ALL_MODELS);
