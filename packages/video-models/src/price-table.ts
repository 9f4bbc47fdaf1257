// The numbers of the price rule. Computes no price.
import { assertNumber } from "./assert-number.ts";
import type { VideoResolution } from "./model.ts";
import { VIDEO_MODELS, type VideoModelId, videoModelIds } from "./registry.ts";

/** What the rule of `calculateVideoCost` multiplies. Factors have six decimals. */
export interface PriceTable {
  /** Whole credits of a clip of up to `includedSeconds` without extras. */
  readonly baseCredits: Readonly<Record<VideoModelId, number>>;
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

/** Today's charges: the base prices of the registry and the product's factors. */
export const DEFAULT_PRICE_TABLE: PriceTable = {
  baseCredits: baseCreditsOfRegistry(),
  includedSeconds: 5,
  resolutionFactors: { "1080p": 1.5 },
  audioFactor: 1.2,
  fastModeFactor: 0.7,
  removeWatermarkFactor: 1.3,
};

/** Throws a RangeError, naming the entry, unless base prices are whole and not negative and all factors above 0. */
export function assertPriceTable({ baseCredits, resolutionFactors, ...others }: PriceTable): void {
  for (const id of videoModelIds()) {
    const credits = baseCredits[id];
    assertNumber(
      Number.isSafeInteger(credits) && credits >= 0,
      `baseCredits["${id}"] must be whole, 0 or more`,
      credits,
    );
  }
  for (const [name, factor] of Object.entries({ ...others, ...resolutionFactors })) {
    // A factor below a millionth would be rounded to 0.
    assertNumber(Number.isFinite(factor) && factor >= 1e-6, `${name} must be a number above 0`, factor);
  }
}

function baseCreditsOfRegistry(): PriceTable["baseCredits"] {
  const entries = videoModelIds().map((id) => [id, VIDEO_MODELS[id].baseCredits]);
  // fromEntries loses the type of the keys.
  return Object.fromEntries(entries) as PriceTable["baseCredits"];
}
