// The models and prices of a server, as plain JSON for its clients.
import type { VideoModel } from "./model.ts";
import { DEFAULT_PRICE_TABLE, type PriceTable } from "./price-table.ts";
import type { VideoPricing } from "./pricing.ts";
import { VIDEO_MODELS } from "./registry.ts";

/** What a server knows of models, and what its app charges for them. Survives JSON unchanged. */
export interface VideoCatalogue {
  readonly version: 1;
  readonly models: Readonly<Record<string, VideoModel>>;
  readonly prices: PriceTable;
}

/** The catalogue of this version of the package, with an app's prices (default: today's charges) and its own data of models (default: none). */
export function createCatalogue(
  { table = DEFAULT_PRICE_TABLE }: Partial<Pick<VideoPricing, "table">> = {},
  { models }: { readonly models: VideoCatalogue["models"] } = { models: VIDEO_MODELS },
): VideoCatalogue {
  return { version: 1, models, prices: table };
}
