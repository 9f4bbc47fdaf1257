// Which controls a form shows for a model, by its attachments and the chosen resolution. Decides no value.
import type { AttachedThings } from "./attached.ts";
import { isAnyAttached, modeOf } from "./attached.ts";
import { attachmentChoicesOf, type AttachmentChoices } from "./attachment-choices.ts";
import { inMeaning, meaningOf } from "./meaning.ts";
import { ALL_MODELS, type ModelLookup } from "./model-lookup.ts";
import type { ModelLists, VideoMode, VideoModel, VideoResolution, VideoToggle } from "./model.ts";
import type { VideoModelId } from "./registry.ts";

/** What is known of a request when its form is drawn. */
export interface ChoicesGiven {
  /** Only presence counts: a local file is as good as a URL. */
  readonly attachments?: AttachedThings | undefined;
  /** Some models offer fewer durations at some resolutions. */
  readonly resolution?: VideoResolution | undefined;
}

/** The controls to show and the values to offer. An empty list means: hide the control. */
export interface VideoChoices extends ModelLists {
  readonly mode: VideoMode;
  readonly audio: "hidden" | "optional" | "always";
  readonly fastMode: boolean;
  readonly removeWatermark: boolean;
  readonly cameraFixed: boolean;
  readonly attachments: AttachmentChoices;
}

/** The controls and values of a model. Throws `UnknownVideoModelError` for an unknown id. */
export function choicesFor(modelId: VideoModelId, given?: ChoicesGiven): VideoChoices {
  return choicesIn(ALL_MODELS, modelId, given);
}

/** The same among the models of one registry. */
export function choicesIn(
  lookup: ModelLookup,
  modelId: VideoModelId,
  { attachments = {}, resolution }: ChoicesGiven = {},
) {
  const meaning = meaningOf(lookup, modelId, attachments);
  return choicesOf(lookup.get(meaning.model), { attachments: inMeaning(meaning, attachments), resolution });
}

/** Those of models with nothing attached, by the resolutions that offer durations of their own. */
const BARE = /* @__PURE__ */ new WeakMap<VideoModel, Map<string, VideoChoices>>();

/** The same for a model in hand. With nothing attached it is the same object each time, because a form and every row of a grid ask for it. */
export function choicesOf(model: VideoModel, { attachments = {}, resolution }: ChoicesGiven = {}): VideoChoices {
  if (isAnyAttached(attachments)) return decided(model, { attachments, resolution });
  const key = resolution && model.durationsAt?.[resolution] ? resolution : "";
  const known = BARE.get(model) ?? new Map<string, VideoChoices>();
  const before = known.get(key);
  if (before !== undefined) return before;
  const choices = decided(model, { attachments: {}, resolution });
  BARE.set(model, known.set(key, choices));
  return choices;
}

function decided(model: VideoModel, given: ChoicesGiven): VideoChoices {
  const attachments = given.attachments ?? {};
  const mode = modeOf(model, attachments);
  const { aspectRatios, durations, resolutions } = { ...model, ...model.inMode?.[mode] };
  const has = (toggle: VideoToggle) =>
    model.toggles.includes(toggle) || (mode === "image-to-video" && (model.togglesWithImage ?? []).includes(toggle));
  return {
    mode,
    aspectRatios,
    durations: (given.resolution && model.durationsAt?.[given.resolution]) ?? durations,
    resolutions,
    audio: model.audio === "none" ? "hidden" : model.audio,
    fastMode: has("fast-mode"),
    removeWatermark: has("remove-watermark"),
    cameraFixed: has("camera-fixed"),
    attachments: attachmentChoicesOf(model, attachments),
  };
}
