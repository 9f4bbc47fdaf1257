// The numbers that prices follow from. Computes no price.
import type { ModelCost, VideoModel, VideoResolution } from "./model.ts";
import { VIDEO_MODELS, type VideoModelId } from "./registry.ts";

type VideoModels = Readonly<Record<string, VideoModel>>;

/** The owner's own prices: of single models, and of all whose price follows from the provider's. */
export interface OwnPrices {
  /** Whole credits of a clip of up to 5 s without extras: for models that the rule of `calculateVideoCost` prices, and for those that it shall. */
  readonly baseCredits?: Readonly<Partial<Record<VideoModelId, number>>>;
  /** US dollars that a user pays for one credit. Without it, only models with `baseCredits` have a price. */
  readonly creditValueUsd?: number;
  /** The part of a price that is the owner's, 0 to less than 1: at 0.5 a video is sold at twice its cost. Default 0. */
  readonly margin?: number;
  /** What the provider charges, where the registry does not know it, or where the owner pays something else. */
  readonly costs?: Readonly<Partial<Record<VideoModelId, ModelCost>>>;
}

/** What the rule of `calculateVideoCost` multiplies. Factors have six decimals. */
export interface PriceTable extends OwnPrices {
  /** Whole credits of a clip of up to `includedSeconds` without extras. */
  readonly baseCredits: Readonly<Partial<Record<VideoModelId, number>>>;
  /** Seconds in the base price; a longer clip costs in proportion. */
  readonly includedSeconds: number;
  /** A resolution that is left out costs nothing extra. */
  readonly resolutionFactors: Readonly<Partial<Record<VideoResolution, number>>>;
  /** For sound, where the user can choose it. */
  readonly audioFactor: number;
  /** For fast mode, where the model has it. */
  readonly fastModeFactor: number;
  /** For removing the watermark, where the model can. */
  readonly removeWatermarkFactor: number;
}

const FACTORS = {
  includedSeconds: 5,
  resolutionFactors: { "1080p": 1.5 },
  audioFactor: 1.2,
  fastModeFactor: 0.7,
  removeWatermarkFactor: 1.3,
} as const;

/** Today's charges: the base prices of the registry and the product's factors. */
export const DEFAULT_PRICE_TABLE: PriceTable = /* @__PURE__ */ priceTableOf(VIDEO_MODELS);

/** The base prices of these models, the product's factors and the owner's own prices over them. */
export function priceTableOf(models: VideoModels, own: OwnPrices = {}): PriceTable {
  const entries = Object.entries(models).map(([id, { baseCredits }]) => [id, baseCredits] as const);
  const priced = entries.filter(([, credits]) => credits !== undefined);
  return { ...FACTORS, ...own, baseCredits: { ...Object.fromEntries(priced), ...own.baseCredits } };
}
