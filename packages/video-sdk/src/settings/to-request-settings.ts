// The settings part of a request, out of what was chosen. Pure; knows no store.
import { choicesFor, fitSettings } from "@video-engine/video-models";
import type { AttachedThings, VideoModelId, VideoSettings } from "@video-engine/video-models";

/**
 * The settings to send: fitted to the model with what is attached, and only those that the model lets one choose, so that
 * `engine.generate({ model, prompt, ...attachments, ...toRequestSettings(snapshot, attachments) })` has none that is fitted, ignored or
 * refused. Of the attachments only presence counts. Throws `UnknownVideoModelError` for an unknown model.
 */
export function toRequestSettings(
  { model, chosen }: { readonly model: VideoModelId; readonly chosen: VideoSettings },
  attachments: AttachedThings = {},
): VideoSettings {
  const { generateAudio, cameraFixed, fastMode, removeWatermark, ...lists } = fitSettings(model, chosen, attachments);
  const choices = choicesFor(model, { attachments });
  return {
    ...lists,
    ...(choices.audio === "optional" && { generateAudio }),
    ...(choices.cameraFixed && { cameraFixed }),
    ...(choices.fastMode && { fastMode }),
    ...(choices.removeWatermark && { removeWatermark }),
  };
}
