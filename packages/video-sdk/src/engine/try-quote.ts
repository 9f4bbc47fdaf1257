// The price of a request, or why the app has none.
import {
  UnpricedVideoModelError,
  type QuoteVideo,
  type VideoQuote,
  type VideoRequest,
} from "@video-engine/video-models";

/** The quote, or the sentence that names a model without a price. Throws what else `quote` throws. */
export function tryQuote(quote: QuoteVideo, request: VideoRequest): VideoQuote | string {
  try {
    return quote(request);
  } catch (error) {
    if (error instanceof UnpricedVideoModelError) return error.message;
    throw error;
  }
}
