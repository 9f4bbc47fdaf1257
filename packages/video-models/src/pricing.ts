// An app's own prices: binds a price table to the functions that price. Computes nothing.
import { costBy, type CalculateVideoCost } from "./cost.ts";
import { ALL_MODELS, type ModelLookup } from "./model-lookup.ts";
import { hasPrice } from "./price-of.ts";
import { assertPriceTable } from "./assert-prices.ts";
import { type OwnPrices, type PriceTable, priceTableOf } from "./price-table.ts";
import { quoteBy, type QuoteVideo } from "./quote.ts";
import type { VideoModelId } from "./registry.ts";

/** The functions that price, with one table. Each works without its object. */
export interface VideoPricing {
  readonly calculateVideoCost: CalculateVideoCost;
  readonly quoteVideo: QuoteVideo;
  /** Whether a model can be sold: whether it has a price. Some of its options may have none all the same. */
  readonly isPriced: (modelId: VideoModelId) => boolean;
  readonly table: PriceTable;
}

/**
 * Pricing with the owner's prices: `createPricing({ creditValueUsd: 0.01, margin: 0.4 })` prices every model whose provider's price is
 * published, beside those of today's charges; `baseCredits` and `costs` price single models. Another rule is a whole table, made by
 * spreading `DEFAULT_PRICE_TABLE`. Throws a RangeError, naming the entry, for one that there is none of, a base price that is not whole, a factor, a
 * cost or a credit's value that is not above 0, and a margin that is not 0 to less than 1.
 */
export function createPricing(prices: OwnPrices | PriceTable): VideoPricing {
  return pricingBy(prices, ALL_MODELS);
}

/** The same for the models of one registry. `needed`: those that must have a base price where they had one. */
export function pricingBy(
  prices: OwnPrices | PriceTable,
  lookup: ModelLookup,
  needed: ModelLookup["models"] = lookup.models,
): VideoPricing {
  const table = "includedSeconds" in prices ? prices : priceTableOf(lookup.models, prices);
  assertPriceTable(table, needed);
  return {
    calculateVideoCost: costBy(table, lookup),
    quoteVideo: quoteBy(table, lookup),
    isPriced: (id) => hasPrice({ id, model: lookup.get(id) }, table),
    table,
  };
}
