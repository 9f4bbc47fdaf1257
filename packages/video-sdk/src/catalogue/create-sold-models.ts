// The models that an app sells, as a store for its engine and its screens: those of the release, of a registry, or of a server's catalogue.
import {
  quoteVideo,
  type AnyVideoRegistry,
  type ListedBy,
  type ListedVideoModel,
  type MergedCatalogue,
  type QuoteVideo,
} from "@video-engine/video-models";
import { BUILT_IN_MODELS, type UsedRegistry } from "./built-in-models.ts";
import { fromParts, type Subscribe } from "../observable.ts";

/** Models, and perhaps what a catalogue says beside them. */
export interface GivenModels extends UsedRegistry, Partial<Pick<AnyVideoRegistry, "createPricing">> {
  readonly pricing?: MergedCatalogue["pricing"];
  readonly newer?: MergedCatalogue["newer"];
}

/** Models that may change while the app runs. All members work unbound. */
export interface ModelSource {
  /** The same object until something changed. */
  getSnapshot(): GivenModels;
  /** What it begins with, always the same object. */
  getInitialSnapshot(): GivenModels;
  readonly subscribe: Subscribe;
}

/** The models of an app, with its prices. Each function works without its object. */
export interface SoldModels extends UsedRegistry {
  /** The price of a request: see `engine.quote`. */
  readonly quoteVideo: QuoteVideo;
  /** The models that have a price, in the order of a picker. */
  sortedVideoModels(by?: ListedBy): readonly ListedVideoModel[];
  /** To be shown as what an update of the app brings: `generate()` refuses each by its name. Empty without a catalogue. */
  readonly newer: MergedCatalogue["newer"];
}

/** The models of an app: what a picker, a form and the engine go by. All members work unbound. */
export interface SoldModelsStore {
  /** The same object until something changed. */
  getSnapshot(): SoldModels;
  /** What it begins with, always the same object: so what a server renders. */
  getInitialSnapshot(): SoldModels;
  /** Called without arguments after each change. Returns an unsubscribe function. */
  readonly subscribe: Subscribe;
}

/** What an engine asks of the models, answered by those of the moment. */
export function latestOf({ getSnapshot }: Pick<SoldModelsStore, "getSnapshot">): LatestModels {
  return {
    registry: {
      checkVideoRequest: (value) => getSnapshot().checkVideoRequest(value),
      getVideoModel: (id) => getSnapshot().getVideoModel(id),
      isVideoModelId: (value) => getSnapshot().isVideoModelId(value),
    },
    quote: (request) => getSnapshot().quoteVideo(request),
  };
}

interface LatestModels {
  readonly registry: Pick<UsedRegistry, "checkVideoRequest" | "getVideoModel" | "isVideoModelId">;
  readonly quote: QuoteVideo;
}

/** Where models and prices come from. */
export interface SoldModelsOptions {
  /** The models of a server's catalogue. */
  readonly catalogue?: ModelSource | undefined;
  /** The models where there is no catalogue. Default: all of this release. */
  readonly registry?: GivenModels | undefined;
  /** The app's prices. They count before those of a registry, and until a catalogue brings some. */
  readonly quote?: QuoteVideo | undefined;
}

/** A store of the models that an app sells. */
export function createSoldModels({ catalogue, registry = BUILT_IN_MODELS, quote }: SoldModelsOptions): SoldModelsStore {
  const soldOf = (given: GivenModels): SoldModels => {
    const served = given.pricing?.quoteVideo;
    const own = catalogue === undefined ? (quote ?? served) : (served ?? quote);
    return sold(given, own ?? given.createPricing?.({}).quoteVideo ?? quoteVideo);
  };
  const first = soldOf(catalogue?.getInitialSnapshot() ?? registry);
  if (catalogue === undefined) return { ...fixed(first), subscribe: () => () => undefined };
  const latest = fromParts(soldOf);
  const getSnapshot = (): SoldModels => {
    const given = catalogue.getSnapshot();
    return given === catalogue.getInitialSnapshot() ? first : latest(given);
  };
  return { getSnapshot, getInitialSnapshot: () => first, subscribe: catalogue.subscribe };
}

function fixed(models: SoldModels): Omit<SoldModelsStore, "subscribe"> {
  return { getSnapshot: () => models, getInitialSnapshot: () => models };
}

function sold(given: GivenModels, quote: QuoteVideo): SoldModels {
  const pricing = { isPriced: (model: ListedVideoModel["id"]) => canQuote(quote, model) };
  return {
    ...given,
    quoteVideo: quote,
    sortedVideoModels: (by) => given.sortedVideoModels({ pricing, ...by }),
    newer: given.newer ?? [],
  };
}

function canQuote(quote: QuoteVideo, model: ListedVideoModel["id"]): boolean {
  try {
    quote({ model, prompt: "" });
    return true;
  } catch {
    // It has no price, or the app's own pricing fails for it: it cannot be sold.
    return false;
  }
}
