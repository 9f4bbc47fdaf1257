// An app's own prices: binds a price table to the functions that price. Computes nothing.
import { costBy, type CalculateVideoCost } from "./cost.ts";
import { assertPriceTable, type PriceTable } from "./price-table.ts";
import { quoteBy, type QuoteVideo } from "./quote.ts";

/** The functions that price, with one table. Each works without its object. */
export interface VideoPricing {
  readonly calculateVideoCost: CalculateVideoCost;
  readonly quoteVideo: QuoteVideo;
  readonly table: PriceTable;
}

/**
 * Pricing with another table, made by spreading `DEFAULT_PRICE_TABLE` and its `baseCredits`.
 * Throws a RangeError, naming the entry, for a price that is not whole or a factor that is not above 0.
 */
export function createPricing(table: PriceTable): VideoPricing {
  assertPriceTable(table);
  return { calculateVideoCost: costBy(table), quoteVideo: quoteBy(table), table };
}
