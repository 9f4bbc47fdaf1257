// Makes the settings of a request from what was chosen. Pure; knows no settings store.
import { BUILT_IN_MODELS, type UsedRegistry } from "../catalogue/built-in-models.ts";
import type { AttachedThings, VideoModelId, VideoSettings } from "@video-engine/video-models";

/**
 * The settings to send: fitted to the model and its attachments, and only those that the model offers. So a request
 * `engine.generate({ model, prompt, ...attachments, ...toRequestSettings(snapshot, attachments) })` has no setting that is fitted, ignored
 * or refused. Only the presence of attachments counts. `models`: `engine.models.getSnapshot()`; default: those of this release. For a retired model they are those of its replacement. Throws `UnknownVideoModelError` for an unknown model.
 */
export function toRequestSettings(
  { model, chosen }: { readonly model: VideoModelId; readonly chosen: VideoSettings },
  attachments: AttachedThings = {},
  models: Pick<UsedRegistry, "choicesFor" | "currentModelOf" | "fitSettings"> = BUILT_IN_MODELS,
): VideoSettings {
  const { choicesFor, currentModelOf, fitSettings } = models;
  const { generateAudio, cameraFixed, fastMode, removeWatermark, ...lists } = fitSettings(model, chosen, attachments);
  const choices = choicesFor(currentModelOf(model), { attachments });
  const settings: { -readonly [K in keyof VideoSettings]: VideoSettings[K] } = lists;
  if (choices.audio === "optional") settings.generateAudio = generateAudio;
  if (choices.cameraFixed) settings.cameraFixed = cameraFixed;
  if (choices.fastMode) settings.fastMode = fastMode;
  if (choices.removeWatermark) settings.removeWatermark = removeWatermark;
  return settings;
}
