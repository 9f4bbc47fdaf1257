// What a request will cost and what will become of each of its fields. Says nothing of prompts and URLs: see parse-video-request.ts.
import type { FieldNote } from "./field-note.ts";
import { priceOf, type Price } from "./price-of.ts";
import { DEFAULT_PRICE_TABLE, type PriceTable } from "./price-table.ts";
import { resolveVideoRequest } from "./resolve-video-request.ts";
import type { ResolvedVideoRequest, VideoRequest } from "./video-request.ts";

/** A price, what it is for, and what of the request is not in it. */
export interface VideoQuote extends Price {
  /** Exactly what is priced. */
  readonly request: ResolvedVideoRequest;
  /** Fields that were fitted or, without harm, ignored. */
  readonly notes: readonly FieldNote[];
  /** Fields that ask for what the model cannot do. While there is one, `parseVideoRequest` throws. */
  readonly refused: readonly FieldNote[];
}

/** Quotes a request. Works on an unfinished one too: the prompt may be empty and attachments missing. */
export type QuoteVideo = (request: VideoRequest) => VideoQuote;

/** `quoteVideo` with the prices of a table. */
export function quoteBy(table: PriceTable): QuoteVideo {
  return (given) => {
    const { request, notes } = resolveVideoRequest(given);
    return {
      ...priceOf(request.model, { ...request, hasAudio: request.generateAudio }, table),
      request,
      notes: notes.filter(({ outcome }) => outcome !== "refused"),
      refused: notes.filter(({ outcome }) => outcome === "refused"),
    };
  };
}

/** Quotes a request at today's prices. Throws `UnknownVideoModelError`, and never otherwise. */
export const quoteVideo: QuoteVideo = /* @__PURE__ */ quoteBy(DEFAULT_PRICE_TABLE);
