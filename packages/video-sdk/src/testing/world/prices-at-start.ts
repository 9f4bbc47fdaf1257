// What each generation of a world cost when it was begun: its catalogue may have moved since.
import type { VideoRequest } from "@video-engine/video-models";
import type { MovingCatalogue } from "./moving-catalogue.ts";
import type { WorldEngine } from "./tabs.ts";

/** The prices of the generations that were begun. */
export interface PricesAtStart {
  /** The engine, whose new generations are noted with their price. */
  of(engine: WorldEngine): WorldEngine;
  /** Undefined where there was no price, and nothing may be called for such a request; and for one that was not begun here. */
  begunAt(id: string): number | undefined;
}

/** Notes prices as this catalogue says them. */
export function notePrices(catalogue: Pick<MovingCatalogue, "quote">): PricesAtStart {
  const prices = new Map<string, number | undefined>();
  const priceNow = (request: VideoRequest): number | undefined => {
    try {
      return catalogue.quote(request).credits;
    } catch {
      return undefined;
    }
  };
  return {
    of: (engine) => ({
      ...engine,
      generate(request, options) {
        const price = priceNow(request);
        const generation = engine.generate(request, options);
        prices.set(generation.id, price);
        return generation;
      },
    }),
    begunAt: (id) => prices.get(id),
  };
}
