// Joins the families into the one registry. The ids are its keys, so the id type always fits the data.
import type { VideoDuration, VideoModel, VideoResolution } from "./model.ts";
import { finishing } from "./models/finishing.ts";
import { gemini } from "./models/gemini.ts";
import { grok } from "./models/grok.ts";
import { hailuo } from "./models/hailuo.ts";
import { hunyuan } from "./models/hunyuan.ts";
import { kandinsky } from "./models/kandinsky.ts";
import { kling } from "./models/kling.ts";
import { ltx } from "./models/ltx.ts";
import { lucy } from "./models/lucy.ts";
import { luma } from "./models/luma.ts";
import { ovi } from "./models/ovi.ts";
import { pixverse } from "./models/pixverse.ts";
import { seedance } from "./models/seedance.ts";
import { sora } from "./models/sora.ts";
import { veo } from "./models/veo.ts";
import { vidu } from "./models/vidu.ts";
import { wan } from "./models/wan.ts";
import { UnknownVideoModelError } from "./unknown-video-model-error.ts";

function joinFamilies() {
  return {
    ...veo(),
    ...kling(),
    ...sora(),
    ...ovi(),
    ...wan(),
    ...hailuo(),
    ...kandinsky(),
    ...seedance(),
    ...pixverse(),
    ...lucy(),
    ...ltx(),
    ...grok(),
    ...luma(),
    ...vidu(),
    ...gemini(),
    ...hunyuan(),
    ...finishing(),
  };
}

type Models = ReturnType<typeof joinFamilies>;

/** The id of a video model: a key of {@link VIDEO_MODELS}. */
export type VideoModelId = keyof Models;

/**
 * What a request may ask of one model, where its id is known when compiling: a duration and a resolution that it offers. Of an id that is known at
 * run time only: any. To be joined with a request type, as `VideoRequest & OfferedBy<"vid-veo-3.1">`.
 */
export interface OfferedBy<Id extends VideoModelId> {
  readonly model: Id;
  readonly duration?: VideoModelId extends Id ? VideoDuration : Models[Id]["durations"][number];
  readonly resolution?: VideoModelId extends Id ? VideoResolution : Models[Id]["resolutions"][number];
}

/** Every video model by its id, retired ones included. For a picker see `sortedVideoModels`. */
export const VIDEO_MODELS: Readonly<Record<VideoModelId, VideoModel>> = /* @__PURE__ */ joinFamilies();

/** Whether a value is the id of a model. Names that every object has, such as `constructor`, are not. */
export function isVideoModelId(value: unknown): value is VideoModelId {
  return typeof value === "string" && Object.hasOwn(VIDEO_MODELS, value);
}

/** The ids of all models, grouped by family, retired ones included. */
export function videoModelIds(): readonly VideoModelId[] {
  return Object.keys(VIDEO_MODELS).filter(isVideoModelId);
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
