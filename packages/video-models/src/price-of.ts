// What a video costs: by the owner's base price and the product's rule, or by what the provider charges. Prices every input;
// parse-video-request.ts checks whether the model offers it.
import { assertNumber } from "./assert-number.ts";
import { modeOf } from "./attached.ts";
import { costUsdOf, longestOf } from "./cost-usd-of.ts";
import { settingsWithin } from "./fit-settings.ts";
import type { VideoDuration, VideoMode, VideoModel } from "./model.ts";
import type { PriceTable } from "./price-table.ts";
import type { VideoModelId } from "./registry.ts";
import { UnpricedVideoModelError } from "./unpriced-video-model-error.ts";

/** What a price depends on, beside the model. */
export interface VideoCostOptions {
  /** Default: none; the model's own default where the provider charges by resolution. */
  readonly resolution?: string | undefined;
  /** Default false. Costs only where the model lets the user choose. */
  readonly hasAudio?: boolean | undefined;
  /** Seconds, above 0. Default: the model's `nominalSeconds`. */
  readonly duration?: VideoDuration | undefined;
  /** Default false. */
  readonly fastMode?: boolean | undefined;
  /** Default false. */
  readonly removeWatermark?: boolean | undefined;
  /** Default: that without attachments. Matters where the provider charges by mode. */
  readonly mode?: VideoMode | undefined;
  /** Default false. */
  readonly hasReferenceVideos?: boolean | undefined;
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

/** A model and its id. */
export interface NamedModel {
  readonly id: VideoModelId;
  readonly model: VideoModel;
}

/**
 * Prices by the owner's base price, where the table has one, otherwise by what the provider charges. Throws `UnpricedVideoModelError`
 * where there is neither, and a RangeError for a duration that is not a number above 0 or a price too large to count.
 */
export function priceOf(named: NamedModel, options: VideoCostOptions, table: PriceTable): Price {
  const { duration } = options;
  const isLength = duration === undefined || duration === "auto" || (Number.isFinite(duration) && duration > 0);
  assertNumber(isLength, "duration must be seconds above 0", Number(duration));
  return table.baseCredits[named.id] === undefined
    ? priceByCost(named, options, table)
    : priceByRule(named, options, table);
}

/** Whether a model has a price of any kind in a table. Some of its options may have none all the same. */
export function hasPrice({ id, model }: NamedModel, { baseCredits, costs, creditValueUsd }: PriceTable): boolean {
  return baseCredits[id] !== undefined || (creditValueUsd !== undefined && (costs?.[id] ?? model.cost) !== undefined);
}

/** The base price, then each factor that applies, rounded up after each, in a fixed order. */
function priceByRule({ id, model }: NamedModel, options: VideoCostOptions, table: PriceTable): Price {
  const { resolution, hasAudio, fastMode, removeWatermark } = options;
  const duration = secondsOf(model, options);
  const toggles = [...model.toggles, ...(model.togglesWithImage ?? [])];
  let credits = table.baseCredits[id] ?? 0;
  const lines: PriceLine[] = [{ label: model.label, credits }];
  const times = (name: string, factor: number, per = 1) => {
    credits = multiplyUp(credits, factor, per);
    lines.push({ label: name, factor: factor / per, credits });
  };
  for (const [name, factor] of Object.entries(table.resolutionFactors)) if (name === resolution) times(name, factor);
  if (hasAudio && model.audio === "optional") times("Audio", table.audioFactor);
  if (duration > table.includedSeconds) times(`${duration} s`, duration, table.includedSeconds);
  if (fastMode && toggles.includes("fast-mode")) times("Fast mode", table.fastModeFactor);
  if (removeWatermark && toggles.includes("remove-watermark")) times("No watermark", table.removeWatermarkFactor);
  return { credits, lines };
}

function secondsOf(model: VideoModel, { duration = model.nominalSeconds }: VideoCostOptions): number {
  return duration === "auto" ? longestOf(model) : duration;
}

/** The provider's price and the owner's margin in credits, rounded up once. */
function priceByCost({ id, model }: NamedModel, options: VideoCostOptions, table: PriceTable): Price {
  const { creditValueUsd, margin = 0, costs } = table;
  const cost = costs?.[id] ?? model.cost;
  const what = `${model.label} ("${id}")`;
  if (cost === undefined) throw new UnpricedVideoModelError(id, what, NO_COST);
  if (creditValueUsd === undefined) throw new UnpricedVideoModelError(id, what, NO_CREDIT_VALUE);
  const { mode = modeOf(model, {}), resolution = settingsWithin(model, {}).resolution, hasAudio } = options;
  const isLoud = hasAudio === true || model.audio === "always";
  const usd = costUsdOf(model, cost, { ...options, mode, resolution, hasAudio: isLoud });
  if (usd === undefined) {
    const chosen = [resolution, hasAudio ? "with sound" : undefined].filter((part) => part !== undefined);
    throw new UnpricedVideoModelError(id, [what, ...chosen].join(" "), costs?.[id] ? NO_RATE : NO_COST);
  }
  // To a millionth of a credit first, because 0.3 / 0.01 is a little less than 30.
  const exact = Math.round((usd / (1 - margin) / creditValueUsd) * MILLION) / MILLION;
  // What costs something is not sold for nothing, whatever a credit is worth.
  const credits = Math.max(1, Math.ceil(exact));
  assertNumber(Number.isSafeInteger(credits), "The price must be countable", credits);
  return { credits, lines: [{ label: model.label, credits }] };
}

const NO_COST =
  "No price of its provider is published. Give createPricing its base price in baseCredits, or what you pay for it in costs.";
const NO_RATE = "The costs that createPricing was given have no rate for it: add one.";
const NO_CREDIT_VALUE = "Give createPricing a creditValueUsd, or its base price in baseCredits.";

const MILLION = 1_000_000;

/** Rounds up. Multiplies whole millionths, because 30 * 1.2 is 36 only on paper and would be rounded up to 37. */
function multiplyUp(credits: number, factor: number, per: number): number {
  const product = credits * Math.round(factor * MILLION);
  assertNumber(Number.isSafeInteger(product), "The price must be countable", product / MILLION);
  return Math.ceil(product / Math.round(per * MILLION));
}
