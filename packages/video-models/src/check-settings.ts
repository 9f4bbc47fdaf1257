// Checks settings against what their model offers with the given attachments.
import type { AttachedThings } from "./attached.ts";
import { choicesOf } from "./choices.ts";
import { settingsWithin } from "./fit-settings.ts";
import type { VideoModel } from "./model.ts";
import { issueAt, type VideoRequestIssue } from "./video-request-issue.ts";
import type { VideoSettings } from "./video-request.ts";

/**
 * The settings that the model does not offer with these attachments. A setting whose control the mode does not have is no issue,
 * because apps always send it; nor is an extra that is off.
 */
export function checkSettings(
  model: VideoModel,
  settings: VideoSettings,
  attachments: AttachedThings,
): readonly VideoRequestIssue[] {
  const { label, togglesWithImage = [] } = model;
  const { resolution } = settingsWithin(model, settings, attachments);
  const choices = choicesOf(model, { attachments, resolution });
  const inList = (field: keyof VideoSettings, allowed: readonly unknown[]) => {
    const value = settings[field];
    if (value === undefined || allowed.length === 0 || allowed.includes(value)) return [];
    return [issueAt(field, `${label} offers ${allowed.join(", ")} here.`, { value, allowed })];
  };
  const toggle = (field: "fastMode" | "removeWatermark" | "cameraFixed") => {
    if (settings[field] !== true || choices[field]) return [];
    const hint = field === "fastMode" && togglesWithImage.includes("fast-mode") ? "without an image" : "here";
    return [issueAt(field, `${label} cannot do this ${hint}.`, { value: true, allowed: [false] })];
  };
  return [
    ...inList("aspectRatio", choices.aspectRatios),
    ...inList("duration", choices.durations),
    ...inList("resolution", choices.resolutions),
    ...toggle("fastMode"),
    ...toggle("removeWatermark"),
    ...toggle("cameraFixed"),
  ];
}
