// The models and prices of a world, as a server's catalogue gives them to the app. They may change while generations run. Uses no engine.
import {
  DEFAULT_PRICE_TABLE,
  getVideoModel,
  mergeCatalogue,
  quoteVideo,
  type MergedCatalogue,
  type VideoModel,
  type VideoModelId,
  type VideoPricing,
} from "@video-engine/video-models";
import type { EngineModels } from "../../engine/plan-request.ts";

/** A model that this release does not know. The catalogue has its rules and its price. */
export const MODEL_OF_TOMORROW = "vid-of-tomorrow" as VideoModelId;

const FAST: VideoModel = getVideoModel("vid-veo-3.1-fast");
const CALM: Readonly<Record<string, VideoModel>> = {
  "vid-veo-3.1-fast": FAST,
  [MODEL_OF_TOMORROW]: { ...FAST, label: "Of tomorrow", expectedMs: { p50: 45_000, p95: 120_000 } },
};
const RETIRED = { stage: "retired", date: "2026-01-01", replacement: "vid-hailuo-2.3-pro" } as const;

/** What the catalogue may have become, one state after another. */
const STATES: readonly (() => MergedCatalogue)[] = [
  // Nothing of it can be read any more.
  () => mergeCatalogue({ version: 7 }),
  // Both are retired.
  () => mergeCatalogue(catalogueOf(mapped((model) => ({ ...model, lifecycle: RETIRED })))),
  // The newer one has vanished; and both, also from what the app was built with.
  () => mergeCatalogue(catalogueOf({ "vid-veo-3.1-fast": FAST })),
  () => mergeCatalogue(catalogueOf({}), { models: {} }),
  // Other limits: no prompt fits any more.
  () => mergeCatalogue(catalogueOf(mapped((model) => ({ ...model, promptLimit: { ...model.promptLimit, max: 1 } })))),
  // Another label, other times, and a model in the form of a later version beside them.
  () => {
    const renamed = mapped((model) => ({ ...model, label: "Renamed", expectedMs: { p50: 1, p95: 2 } }));
    return mergeCatalogue(catalogueOf({ ...renamed, "vid-later": { label: "Later" } }));
  },
  // Everything is dearer.
  () => mergeCatalogue(catalogueOf(CALM, 3)),
];

/** The models that an engine goes by, asked anew at each request. */
export interface MovingCatalogue {
  readonly registry: EngineModels;
  readonly quote: VideoPricing["quoteVideo"];
}

/** A catalogue. `stateNow`: the number of its state; undefined while it is as it began. */
export function createMovingCatalogue(stateNow: () => number | undefined): MovingCatalogue {
  const now = (): MergedCatalogue => {
    const state = stateNow();
    return catalogueIn(state === undefined ? undefined : state % STATES.length);
  };
  // As an app does where a catalogue has no prices: those of its release, which lack the newer models.
  const pricing = (): Pick<VideoPricing, "quoteVideo"> => now().pricing ?? { quoteVideo };
  return {
    registry: {
      checkVideoRequest: (value) => now().checkVideoRequest(value),
      getVideoModel: (id) => now().getVideoModel(id),
      isVideoModelId: (value): value is VideoModelId => now().isVideoModelId(value),
    },
    quote: (request) => pricing().quoteVideo(request),
  };
}

/** Read once each: thousands of worlds ask for the same ones. */
const read = new Map<number | undefined, MergedCatalogue>();

function catalogueIn(state: number | undefined): MergedCatalogue {
  const known =
    read.get(state) ?? (state === undefined ? undefined : STATES[state])?.() ?? mergeCatalogue(catalogueOf(CALM));
  read.set(state, known);
  return known;
}

function mapped(change: (model: VideoModel) => VideoModel): Readonly<Record<string, VideoModel>> {
  return Object.fromEntries(Object.entries(CALM).map(([id, model]) => [id, change(model)]));
}

function catalogueOf(models: Readonly<Record<string, unknown>>, factor = 1): unknown {
  const credits = { ...DEFAULT_PRICE_TABLE.baseCredits, [MODEL_OF_TOMORROW]: FAST.baseCredits ?? 0 };
  const baseCredits = Object.fromEntries(Object.entries(credits).map(([id, price]) => [id, price * factor]));
  return { version: 1, models, prices: { ...DEFAULT_PRICE_TABLE, baseCredits } };
}
