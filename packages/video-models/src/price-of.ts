// The price rule, line by line. Prices every input; parse-video-request.ts checks whether the model offers it.
import { assertNumber } from "./assert-number.ts";
import type { PriceTable } from "./price-table.ts";
import { getVideoModel, type VideoModelId } from "./registry.ts";
import { traitsOf } from "./traits.ts";

/** What a price depends on, beside the model. */
export interface VideoCostOptions {
  readonly resolution?: string | undefined;
  /** Default false. Costs only where the model lets the user choose. */
  readonly hasAudio?: boolean | undefined;
  /** Seconds, above 0. Default: the model's `nominalSeconds`. */
  readonly duration?: number | undefined;
  /** Default false. */
  readonly fastMode?: boolean | undefined;
  /** Default false. */
  readonly removeWatermark?: boolean | undefined;
}

/** One line of a quote. */
export interface PriceLine {
  readonly label: string;
  /** What the line multiplies by; the base price has none. */
  readonly factor?: number;
  /** Credits after this line, whole. */
  readonly credits: number;
}

/** A price and its lines. */
export interface Price {
  /** Whole credits. */
  readonly credits: number;
  readonly lines: readonly PriceLine[];
}

/**
 * Prices by the rule: the base price, then each factor that applies, rounded up after each, in a fixed order.
 * Throws `UnknownVideoModelError`, and a RangeError for a duration that is not a number above 0 or a price too large to count.
 */
export function priceOf(modelId: VideoModelId, options: VideoCostOptions, table: PriceTable): Price {
  const { label, nominalSeconds } = getVideoModel(modelId);
  const { supportsAudio, supportsFastMode, supportsWatermarkToggle } = traitsOf(modelId);
  const { resolution, hasAudio, duration = nominalSeconds, fastMode, removeWatermark } = options;
  assertNumber(Number.isFinite(duration) && duration > 0, "duration must be seconds above 0", duration);
  let credits = table.baseCredits[modelId];
  const lines: PriceLine[] = [{ label, credits }];
  const times = (name: string, factor: number, per = 1) => {
    credits = multiplyUp(credits, factor, per);
    lines.push({ label: name, factor: factor / per, credits });
  };
  for (const [name, factor] of Object.entries(table.resolutionFactors)) if (name === resolution) times(name, factor);
  if (hasAudio && supportsAudio) times("Audio", table.audioFactor);
  if (duration > table.includedSeconds) times(`${duration} s`, duration, table.includedSeconds);
  if (fastMode && supportsFastMode) times("Fast mode", table.fastModeFactor);
  if (removeWatermark && supportsWatermarkToggle) times("No watermark", table.removeWatermarkFactor);
  return { credits, lines };
}

const MILLION = 1_000_000;

/** Rounds up. Multiplies whole millionths, because 30 * 1.2 is 36 only on paper and would be rounded up to 37. */
function multiplyUp(credits: number, factor: number, per: number): number {
  const product = credits * Math.round(factor * MILLION);
  assertNumber(Number.isSafeInteger(product), "The price must be countable", product / MILLION);
  return Math.ceil(product / Math.round(per * MILLION));
}
