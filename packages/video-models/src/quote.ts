// What a request costs, and how each of its fields is used. parse-video-request.ts checks prompts and URLs.
import type { FieldNote } from "./field-note.ts";
import { isAttached } from "./attached.ts";
import { ALL_MODELS, type ModelLookup } from "./model-lookup.ts";
import { priceOf, type Price } from "./price-of.ts";
import { DEFAULT_PRICE_TABLE, type PriceTable } from "./price-table.ts";
import { resolveIn } from "./resolve-video-request.ts";
import type { ResolvedVideoRequest, VideoRequest } from "./video-request.ts";

/** A price, the request it is for, and the fields that are not part of it. */
export interface VideoQuote extends Price {
  /** Exactly what is priced. */
  readonly request: ResolvedVideoRequest;
  /** Fields that were fitted, or ignored without harm. */
  readonly notes: readonly FieldNote[];
  /** Fields that ask for something the model cannot do. `parseVideoRequest` throws while there is one. */
  readonly refused: readonly FieldNote[];
}

/** Quotes a request, also an unfinished one: the prompt may be empty and attachments missing. */
export type QuoteVideo = (request: VideoRequest) => VideoQuote;

/** `quoteVideo` with the prices of a table. */
export function quoteBy(table: PriceTable, lookup: ModelLookup): QuoteVideo {
  return (given) => {
    const { request, notes } = resolveIn(lookup, given);
    const { model: id } = request;
    const hasReferenceVideos = isAttached(request.referenceVideoUrls);
    const options = { ...request, hasAudio: request.generateAudio, hasReferenceVideos };
    return {
      ...priceOf({ id, model: lookup.get(id) }, options, table),
      request,
      notes: notes.filter(({ outcome }) => outcome !== "refused"),
      refused: notes.filter(({ outcome }) => outcome === "refused"),
    };
  };
}

/** Quotes a request at today's prices. Throws `UnknownVideoModelError`, and `UnpricedVideoModelError` for a model without a price in them. */
export const quoteVideo: QuoteVideo = /* @__PURE__ */ quoteBy(DEFAULT_PRICE_TABLE, ALL_MODELS);
