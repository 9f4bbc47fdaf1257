// What every model and option is sold for, what it costs and what is left: data for print-prices.ts. Prints nothing.
import { isAttached } from "../src/attached.ts";
import { costUsdOf } from "../src/cost-usd-of.ts";
import type { VideoPricing } from "../src/pricing.ts";
import { attachmentsOf, MODEL_IDS, requestsOf } from "../src/providers/__fixtures__/reachable-requests.ts";
import { getVideoModel, type VideoModelId } from "../src/registry.ts";
import { resolveVideoRequest } from "../src/resolve-video-request.ts";
import { UnpricedVideoModelError } from "../src/unpriced-video-model-error.ts";
import type { ResolvedVideoRequest, VideoRequest } from "../src/video-request.ts";
import { PLAN_COSTS } from "./plan-costs.ts";

/** One option of one model. */
export interface PriceRow {
  readonly model: VideoModelId;
  readonly mode: string;
  /** Everything that its price or its cost may depend on: `8 s 1080p sound`. */
  readonly option: string;
  /** Undefined: it has no price, and cannot be sold. */
  readonly credits: number | undefined;
  /** US dollars. Undefined: nothing is published. */
  readonly costUsd: number | undefined;
  /** The owner's part of the price: below 0 it is sold below cost. */
  readonly margin: number | undefined;
}

/** The rows of all models that can be asked for, each option once. */
export function priceRows(pricing: VideoPricing, creditValueUsd: number): readonly PriceRow[] {
  const rows = new Map<string, PriceRow>();
  for (const id of MODEL_IDS) {
    if (getVideoModel(id).lifecycle.stage === "retired") continue;
    for (const attachments of attachmentsOf(id)) {
      for (const request of requestsOf(id, attachments)) {
        const row = rowOf(request, pricing, creditValueUsd);
        rows.set([row.model, row.mode, row.option].join(), row);
      }
    }
  }
  return [...rows.values()];
}

function rowOf(given: VideoRequest, pricing: VideoPricing, creditValueUsd: number): PriceRow {
  const { request } = resolveVideoRequest(given);
  const credits = creditsOf(given, pricing);
  const costUsd = costOf(request, pricing);
  const price = credits === undefined ? undefined : credits * creditValueUsd;
  const margin = price === undefined || costUsd === undefined ? undefined : (price - costUsd) / price;
  return { model: request.model, mode: request.mode, option: optionOf(request), credits, costUsd, margin };
}

function creditsOf(request: VideoRequest, { quoteVideo }: VideoPricing): number | undefined {
  try {
    return quoteVideo(request).credits;
  } catch (error) {
    if (error instanceof UnpricedVideoModelError) return undefined;
    throw error;
  }
}

function costOf(request: ResolvedVideoRequest, { table }: VideoPricing): number | undefined {
  const { model: id, mode, duration, resolution, generateAudio: hasAudio, fastMode } = request;
  const model = getVideoModel(id);
  const cost = table.costs?.[id] ?? model.cost;
  if (cost !== undefined) {
    return costUsdOf(model, cost, { ...request, hasAudio, hasReferenceVideos: isAttached(request.referenceVideoUrls) });
  }
  const seconds = typeof duration === "number" ? duration : model.nominalSeconds;
  return PLAN_COSTS[id]?.({ mode, seconds, resolution, hasAudio, fastMode });
}

function optionOf(request: ResolvedVideoRequest): string {
  const { duration, resolution, generateAudio, fastMode, removeWatermark, referenceVideoUrls } = request;
  const parts = [
    duration === undefined ? "" : duration === "auto" ? "auto" : `${duration} s`,
    resolution ?? "",
    generateAudio ? "sound" : "",
    fastMode ? "fast" : "",
    removeWatermark ? "no watermark" : "",
    isAttached(referenceVideoUrls) ? "reference videos" : "",
  ];
  return parts.filter(Boolean).join(" ") || "-";
}
