// Joins the families into the one registry. The ids are its keys, so the id type always fits the data.
import type { VideoModel, VideoResolution } from "./model.ts";
import { HAILUO_MODELS } from "./models/hailuo.ts";
import { KANDINSKY_MODELS } from "./models/kandinsky.ts";
import { KLING_MODELS } from "./models/kling.ts";
import { LUCY_MODELS } from "./models/lucy.ts";
import { OVI_MODELS } from "./models/ovi.ts";
import { PIXVERSE_MODELS } from "./models/pixverse.ts";
import { SEEDANCE_MODELS } from "./models/seedance.ts";
import { SORA_MODELS } from "./models/sora.ts";
import { VEO_MODELS } from "./models/veo.ts";
import { WAN_MODELS } from "./models/wan.ts";
import { UnknownVideoModelError } from "./unknown-video-model-error.ts";

const models = {
  ...VEO_MODELS,
  ...KLING_MODELS,
  ...SORA_MODELS,
  ...OVI_MODELS,
  ...WAN_MODELS,
  ...HAILUO_MODELS,
  ...KANDINSKY_MODELS,
  ...SEEDANCE_MODELS,
  ...PIXVERSE_MODELS,
  ...LUCY_MODELS,
};

/** The id of a video model: a key of {@link VIDEO_MODELS}. */
export type VideoModelId = keyof typeof models;

/**
 * What a request may ask of one model, where its id is known when compiling: a duration and a resolution that it offers. Of an id that is known at
 * run time only: any. To be joined with a request type, as `VideoRequest & OfferedBy<"vid-veo-3.1">`.
 */
export interface OfferedBy<Id extends VideoModelId> {
  readonly model: Id;
  /** Whole seconds. */
  readonly duration?: VideoModelId extends Id ? number : (typeof models)[Id]["durations"][number];
  readonly resolution?: VideoModelId extends Id ? VideoResolution : (typeof models)[Id]["resolutions"][number];
}

/** Every video model by its id, retired ones included. For a picker see `sortedVideoModels`. */
export const VIDEO_MODELS: Readonly<Record<VideoModelId, VideoModel>> = models;

/** Whether a value is the id of a model. Names that every object has, such as `constructor`, are not. */
export function isVideoModelId(value: unknown): value is VideoModelId {
  return typeof value === "string" && Object.hasOwn(models, value);
}

/** The ids of all models, grouped by family, retired ones included. */
export function videoModelIds(): readonly VideoModelId[] {
  return Object.keys(models).filter(isVideoModelId);
}

/** The model of an id, or undefined. */
export function findVideoModel(id: string): VideoModel | undefined {
  return isVideoModelId(id) ? VIDEO_MODELS[id] : undefined;
}

/** The model of an id. Throws {@link UnknownVideoModelError}, which names the ids that look alike. */
export function getVideoModel(id: string): VideoModel {
  const model = findVideoModel(id);
  if (model === undefined) throw new UnknownVideoModelError(id, videoModelIds());
  return model;
}
