// Prices that the server told by refusing another one. An app that was released before a price changed quotes the new one from then on.
import { quoteVideo, type VideoQuote, type VideoRequest } from "@video-engine/video-models";
import type { GenerationReport } from "./engine-event.ts";
import type { GenerationSnapshot } from "../core/snapshot.ts";
import { isStorableAmount } from "../core/shape-tests.ts";

/** Quotes with what the server has told. */
export interface ToldPrices {
  quote(request: VideoRequest): VideoQuote;
  /** Learns from a refusal, and passes every event on. */
  onEvent(event: GenerationReport): void;
}

/** Quotes as `quote` does (default: the registry's prices), until the server says otherwise. `requestOf`: the request of a generation. */
export function createToldPrices(
  quote: (request: VideoRequest) => VideoQuote = quoteVideo,
  onEvent: (event: GenerationReport) => void,
  requestOf: (id: string) => GenerationSnapshot["request"],
): ToldPrices {
  const told = new Map<string, { readonly credits: number; readonly insteadOf: number | undefined }>();
  const quotedFor = (request: VideoRequest): number | undefined => {
    try {
      return quote(request).credits;
    } catch {
      return undefined;
    }
  };
  return {
    quote(request) {
      const quoted = quote(request);
      if (told.size === 0) return quoted;
      const { credits = quoted.credits, insteadOf } = told.get(settingsOf(quoted.request)) ?? {};
      // A price that has changed since, such as by a newer catalogue, is the newer one.
      if (credits === quoted.credits || insteadOf !== quoted.credits) return quoted;
      return { ...quoted, credits, lines: [...quoted.lines, { label: "Price of the server", credits }] };
    },
    onEvent(event) {
      const { id, error } = event;
      const credits = error?.code === "price-changed" ? error.details?.["credits"] : undefined;
      const request = isStorableAmount(credits) ? requestOf(id) : undefined;
      if (request !== undefined)
        told.set(settingsOf(request), { credits: Number(credits), insteadOf: quotedFor(request) });
      onEvent(event);
    },
  };
}

/** What a price can depend on, as a text: the settings, and not what is shown or said. */
function settingsOf(request: object): string {
  const settings = Object.entries(request).filter(
    ([name, value]) =>
      !/^(?:prompt|attachment|startFrame|endFrame)/.test(name) && value !== undefined && typeof value !== "object",
  );
  return JSON.stringify(settings.sort(([a], [b]) => (a < b ? -1 : 1)));
}
