// Merges a server's catalogue over the built-in models, so that a released app learns of retirements, prices and new models.
import * as z from "zod/mini";
import { type VideoRegistry, registryOf } from "./create-registry.ts";
import { modelSchema, pricesSchema } from "./model-schema.ts";
import type { VideoPricing } from "./pricing.ts";
import { VIDEO_MODELS } from "./registry.ts";

/** The built-in models with a catalogue over them. */
export interface MergedCatalogue extends VideoRegistry {
  /** The app's prices; undefined where the catalogue has none that can be read. */
  readonly pricing: VideoPricing | undefined;
}

/**
 * A registry of the built-in models and those of a catalogue, which win. Of a model that this version cannot read, the built-in data stay, or it
 * does not exist; so it is for a catalogue that cannot be read at all. Never throws.
 */
export function mergeCatalogue(catalogue: unknown): MergedCatalogue {
  const { models, prices } = readCatalogue(catalogue);
  const schema = modelSchema();
  const readable = Object.entries(models).flatMap(([id, value]) => {
    const model = schema.safeParse(value);
    return model.success ? [[id, model.data] as const] : [];
  });
  // Spread defines members, so one called __proto__ stays a member.
  const registry = registryOf({ ...VIDEO_MODELS, ...Object.fromEntries(readable) });
  return { ...registry, pricing: readPricing(registry, prices) };
}

function readCatalogue(catalogue: unknown) {
  const schema = z.object({
    version: z.literal(1),
    models: z.record(z.string(), z.unknown()),
    prices: z.optional(z.unknown()),
  });
  const parsed = schema.safeParse(catalogue);
  return parsed.success ? parsed.data : { models: {}, prices: undefined };
}

function readPricing({ createPricing }: VideoRegistry, prices: unknown): VideoPricing | undefined {
  const parsed = pricesSchema().safeParse(prices);
  if (!parsed.success) return undefined;
  try {
    return createPricing(parsed.data);
  } catch {
    return undefined;
  }
}
