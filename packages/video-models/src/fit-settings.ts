// Snaps settings to the nearest values that a model offers. resolve-video-request.ts says what was changed.
import { isAnyAttached, type AttachedThings } from "./attached.ts";
import { choicesOf } from "./choices.ts";
import { currentIn } from "./current-model-of.ts";
import { inMeaning, meaningOf } from "./meaning.ts";
import { ALL_MODELS, type ModelLookup } from "./model-lookup.ts";
import type { VideoAspectRatio, VideoModel, VideoResolution } from "./model.ts";
import type { VideoModelId } from "./registry.ts";
import type { ResolvedVideoRequest, VideoAttachments, VideoSettings } from "./video-request.ts";

/** Settings with every value decided. A value is absent where the mode has no such control. */
export type FittedSettings = Omit<
  ResolvedVideoRequest,
  "model" | "prompt" | "mode" | "unused" | keyof VideoAttachments
>;

const DEFAULT_ASPECT_RATIO: VideoAspectRatio = "16:9";
const DEFAULT_RESOLUTION: VideoResolution = "720p";

/**
 * Decides every setting. A value that is not offered becomes the nearest one that is: durations by seconds, resolutions by lines,
 * aspect ratios by shape. Of two equally near values the first one counts, which is the shorter, lower and cheaper one. A missing or
 * unreadable value becomes the default, or the nearest to it: 16:9, 720p, the model's `defaultSeconds` or else 5 s, sound by the
 * model's default, no extras. Settings of a retired model are fitted to the model that replaces it: `currentModelOf` names it. Throws only
 * for an unknown model id.
 */
export function fitSettings(
  modelId: VideoModelId,
  settings: VideoSettings | null | undefined,
  attachments?: AttachedThings,
): FittedSettings {
  return fitIn(ALL_MODELS, modelId, { settings, attachments });
}

/** The same among the models of one registry. */
export function fitIn(
  lookup: ModelLookup,
  modelId: VideoModelId,
  given: { settings: VideoSettings | null | undefined; attachments?: AttachedThings | undefined },
): FittedSettings {
  const { settings, attachments = {} } = given;
  const meaning = meaningOf(lookup, currentIn(lookup, modelId), attachments);
  return { ...settingsWithin(lookup.get(meaning.model), settings, inMeaning(meaning, attachments)) };
}

/** What was last fitted with nothing attached: one request is checked, priced and sent, and each asks for the same. */
const LAST = /* @__PURE__ */ new WeakMap<
  VideoModel,
  { readonly asked: readonly unknown[]; readonly settings: FittedSettings }
>();

/** The same for a model in hand, even a retired one. The object may be that of the last call. */
export function settingsWithin(
  model: VideoModel,
  given: VideoSettings | null | undefined,
  attachments: AttachedThings = {},
): FittedSettings {
  if (isAnyAttached(attachments)) return fitted(model, given ?? {}, attachments);
  const asked = ASKED.map((name) => given?.[name]);
  const last = LAST.get(model);
  if (last?.asked.every((value, index) => value === asked[index])) return last.settings;
  const settings = fitted(model, given ?? {}, {});
  LAST.set(model, { asked, settings });
  return settings;
}

const ASKED: readonly (keyof VideoSettings)[] = [
  "aspectRatio",
  "duration",
  "resolution",
  "generateAudio",
  "cameraFixed",
  "fastMode",
  "removeWatermark",
];

function fitted(model: VideoModel, given: VideoSettings, attachments: AttachedThings): FittedSettings {
  const resolution = nearest(choicesOf(model, { attachments }).resolutions, linesOf, [
    given.resolution,
    DEFAULT_RESOLUTION,
  ]);
  const choices = choicesOf(model, { attachments, resolution });
  // A clip of something attached follows its shape where it can.
  const shapes = choices.mode === "text-to-video" ? [DEFAULT_ASPECT_RATIO] : ["auto", DEFAULT_ASPECT_RATIO];
  const aspectRatio = nearest(choices.aspectRatios, shapeOf, [given.aspectRatio, ...shapes]);
  const { defaultSeconds, nominalSeconds } = model;
  const duration = nearest(choices.durations, secondsOf, [given.duration, defaultSeconds, nominalSeconds]);
  return {
    ...(aspectRatio && { aspectRatio }),
    ...(duration && { duration }),
    ...(resolution && { resolution }),
    generateAudio: fitAudio(choices.audio, given.generateAudio, model.audioOnByDefault),
    cameraFixed: choices.cameraFixed && given.cameraFixed === true,
    fastMode: choices.fastMode && given.fastMode === true,
    removeWatermark: choices.removeWatermark && given.removeWatermark === true,
  };
}

function fitAudio(audio: "hidden" | "optional" | "always", wanted: unknown, byDefault: boolean): boolean {
  if (audio !== "optional") return audio === "always";
  return typeof wanted === "boolean" ? wanted : byDefault;
}

/**
 * The offered value nearest to the first candidate that is offered or can be measured. Of two equally near values, the first one. What
 * cannot be measured, such as `auto`, is near to itself only.
 */
function nearest<T>(
  offered: readonly T[],
  measure: (value: unknown) => number,
  candidates: readonly unknown[],
): T | undefined {
  const isOffered = (candidate: unknown) => offered.some((value) => value === candidate);
  const wanted = candidates.find((candidate) => isOffered(candidate) || Number.isFinite(measure(candidate)));
  if (isOffered(wanted)) return wanted as T; // just found among the values
  const target = measure(wanted);
  const distance = (value: T) => {
    const size = measure(value);
    return Number.isFinite(size) ? Math.abs(size - target) : Infinity;
  };
  return [...offered].sort((a, b) => distance(a) - distance(b) || 0)[0];
}

/** Absurd lengths count as unreadable: all offered values are equally far from them. */
function secondsOf(value: unknown): number {
  return typeof value === "number" && value < 1e6 ? value : Number.NaN;
}

function linesOf(value: unknown): number {
  if (value === "2K") return 1440;
  if (value === "4K") return 2160;
  const [, lines] = (typeof value === "string" && /^(\d{3,4})p$/.exec(value)) || [];
  return Number(lines);
}

/** Logarithm of width over height, in whole millionths, so that 16:9 is exactly as far from 1:1 as 9:16 is. */
function shapeOf(value: unknown): number {
  const [, width, height] = (typeof value === "string" && /^(\d{1,2}):(\d{1,2})$/.exec(value)) || [];
  return Math.round(Math.log(Number(width) / Number(height)) * 1e6);
}
