// Merges a server's catalogue over the models of an app, so that a released app learns of retirements, prices and new models. What a server says
// is checked like any other input: it may be broken, of a later version, or somebody else's.
import * as z from "./zod-parts.ts";
import { type AnyVideoRegistry, type VideoRegistry, registryOf } from "./create-registry.ts";
import { isModelId, modelSchema, pricesSchema, videoModelLifecycle } from "./model-schema.ts";
import type { VideoModel } from "./model.ts";
import type { VideoRequestCheck } from "./parse-video-request.ts";
import { pricingBy, type VideoPricing } from "./pricing.ts";
import { VIDEO_MODELS, type VideoModelId } from "./registry.ts";

/** A model that this version can show, and cannot use: its data say something that only a later version can read. */
export interface NewerVideoModel {
  readonly id: string;
  readonly label: string;
  /** Empty where the catalogue has none. */
  readonly description: string;
}

/** The models of an app with a catalogue over them. */
export interface MergedCatalogue extends VideoRegistry {
  /** The app's prices; undefined where the catalogue has none that can be read. */
  readonly pricing: VideoPricing | undefined;
  /** To be shown as what an update of the app brings. A request for one is refused by its name. */
  readonly newer: readonly NewerVideoModel[];
}

/** More models than any catalogue has. One with more is not read. */
const MOST_MODELS = 1_000;

/**
 * A registry of `base` (default: all models of this release) and the models of a catalogue, which win. Of a model that this version cannot read,
 * the data of `base` stay, except for its lifecycle; one that `base` does not know is `newer`. A catalogue that cannot be read at all changes nothing. Never throws.
 */
export function mergeCatalogue(
  catalogue: unknown,
  base: Pick<AnyVideoRegistry, "models"> = { models: VIDEO_MODELS },
): MergedCatalogue {
  const { models, prices } = readCatalogue(catalogue) ?? NO_CATALOGUE;
  const schema = modelSchema();
  const merged = new Map<string, VideoModel>(Object.entries(base.models));
  const newer: NewerVideoModel[] = [];
  for (const [id, value] of Object.entries(models)) {
    const [model, known] = [schema.safeParse(value), merged.get(id)];
    if (!isModelId(id)) continue;
    if (model.success) merged.set(id, model.data);
    else if (known === undefined) newer.push(...named(id, value));
    else merged.set(id, { ...known, lifecycle: videoModelLifecycle(lifecycleIn(value)) ?? known.lifecycle });
  }
  const registry = registryOf<VideoModelId>(Object.fromEntries(merged));
  const checkVideoRequest = (value: unknown) => naming(newer, registry.checkVideoRequest(value));
  return { ...registry, checkVideoRequest, pricing: readPricing(registry, prices), newer };
}

/** Whether a value is a catalogue that this version can read, at least in part. */
export function isVideoCatalogue(value: unknown): boolean {
  return readCatalogue(value) !== undefined;
}

const NO_CATALOGUE = { models: {}, prices: undefined };

function readCatalogue(catalogue: unknown) {
  const schema = z.object({
    version: z.literal(1),
    models: z.record(z.string(), z.unknown()),
    prices: z.optional(z.unknown()),
  });
  const parsed = schema.safeParse(catalogue);
  return parsed.success && Object.keys(parsed.data.models).length <= MOST_MODELS ? parsed.data : undefined;
}

/** What can be shown of a model whatever else its data say. */
function named(id: string, value: unknown): readonly NewerVideoModel[] {
  const { label, description }: { readonly label?: unknown; readonly description?: unknown } = Object(value);
  return isShownText(label) ? [{ id, label, description: isShownText(description) ? description : "" }] : [];
}

function lifecycleIn(value: unknown): unknown {
  const { lifecycle }: { readonly lifecycle?: unknown } = Object(value);
  return lifecycle;
}

function isShownText(value: unknown): value is string {
  return typeof value === "string" && value !== "" && value.length <= 200;
}

/** The same check, which says of a newer model that it exists. */
function naming(newer: readonly NewerVideoModel[], check: VideoRequestCheck): VideoRequestCheck {
  if (check.ok || check.code !== "unknown-model") return check;
  const issues = check.issues.map((issue) => {
    const model = issue.path === "model" ? newer.find(({ id }) => id === issue.value) : undefined;
    return model ? { ...issue, message: `${model.label} ("${model.id}") needs a newer version of this app.` } : issue;
  });
  return { ...check, issues };
}

/** A model that the server has no price for has none here: the server does not sell it. */
function readPricing({ models, getVideoModel: get }: VideoRegistry, prices: unknown): VideoPricing | undefined {
  const parsed = pricesSchema().safeParse(prices);
  if (!parsed.success) return undefined;
  try {
    return pricingBy(parsed.data, { models, get }, {});
  } catch {
    return undefined;
  }
}
