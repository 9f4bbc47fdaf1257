// A registry of chosen families, for apps that sell few and do not want to carry the data of all.
import { choicesIn, type ChoicesGiven, type VideoChoices } from "./choices.ts";
import type { AttachedThings } from "./attached.ts";
import { currentIn } from "./current-model-of.ts";
import { fitIn, type FittedSettings } from "./fit-settings.ts";
import type { VideoModel } from "./model.ts";
import { isIn, type ModelLookup } from "./model-lookup.ts";
import { checkIn, type VideoRequestCheck } from "./parse-video-request.ts";
import { type OwnPrices, type PriceTable, priceTableOf } from "./price-table.ts";
import { pricingBy, type VideoPricing } from "./pricing.ts";
import type { VideoModelId } from "./registry.ts";
import { resolveIn, type VideoRequestResolution } from "./resolve-video-request.ts";
import { type ListedBy, listedModels, type ListedVideoModel } from "./sorted-video-models.ts";
import { traitsOfModel, type VideoModelTraits } from "./traits.ts";
import { UnknownVideoModelError } from "./unknown-video-model-error.ts";
import type { VideoRequest, VideoSettings } from "./video-request.ts";

/** The models of one family by their ids: `veo`, `kling` and so on. Nothing is made until it is called. */
export type VideoModelFamily = () => Readonly<Partial<Record<VideoModelId, VideoModel>>>;

/** What the functions of the same names do, for the models of the registry only: every other id is unknown to it. Each works without its object. */
export interface VideoRegistry<Id extends VideoModelId = VideoModelId> {
  readonly models: Readonly<Record<Id, VideoModel>>;
  isVideoModelId(value: unknown): value is Id;
  getVideoModel(id: string): VideoModel;
  currentModelOf(id: Id): Id;
  sortedVideoModels(by?: ListedBy): readonly ListedVideoModel[];
  traitsOf(id: Id): VideoModelTraits;
  choicesFor(id: Id, given?: ChoicesGiven): VideoChoices;
  fitSettings(id: Id, settings: VideoSettings | null | undefined, attachments?: AttachedThings): FittedSettings;
  checkVideoRequest(value: unknown): VideoRequestCheck;
  resolveVideoRequest(request: VideoRequest): VideoRequestResolution;
  createPricing(prices: OwnPrices | PriceTable): VideoPricing;
}

/** A registry of whichever models: every {@link VideoRegistry} is one. */
export interface AnyVideoRegistry extends Omit<VideoRegistry, "models"> {
  readonly models: Readonly<Record<string, VideoModel>>;
}

type IdsOf<Families extends readonly VideoModelFamily[]> = Extract<keyof ReturnType<Families[number]>, VideoModelId>;

type UnionOfIds<Families extends readonly VideoModelFamily[]> = {
  [Nth in keyof Families]: IdsOf<[Families[Nth]]>;
}[number];

/**
 * A registry of these families: `createRegistry([veo, kling])`. A bundler leaves out the data of the others, as long as nothing else in the
 * app uses the registry of all models.
 */
export function createRegistry<const Families extends readonly VideoModelFamily[]>(
  families: Families,
): VideoRegistry<UnionOfIds<Families>> {
  const models: Record<string, VideoModel> = Object.assign({}, ...families.map((family) => family()));
  return registryOf<UnionOfIds<Families>>(models);
}

/** A registry of these models. */
export function registryOf<Id extends VideoModelId>(models: Readonly<Record<string, VideoModel>>): VideoRegistry<Id> {
  const get = (id: string): VideoModel => {
    const model = Object.hasOwn(models, id) ? models[id] : undefined;
    if (model === undefined) throw new UnknownVideoModelError(id, Object.keys(models));
    return model;
  };
  const lookup: ModelLookup = { models, get };
  const table = priceTableOf(models);
  return {
    models: models as Readonly<Record<Id, VideoModel>>, // of exactly these families
    isVideoModelId: (value): value is Id => isIn(lookup, value),
    getVideoModel: get,
    currentModelOf: (id) => currentIn(lookup, id) as Id, // a replacement outside the registry is never returned
    sortedVideoModels: (by) => listedModels(models, table, by),
    traitsOf: (id) => traitsOfModel({ id, model: get(id) }),
    choicesFor: (id, given) => choicesIn(lookup, id, given),
    fitSettings: (id, settings, attachments) => fitIn(lookup, id, { settings, attachments }),
    checkVideoRequest: (value) => checkIn(lookup, value),
    resolveVideoRequest: (request) => resolveIn(lookup, request),
    createPricing: (prices) => pricingBy(prices, lookup),
  };
}
