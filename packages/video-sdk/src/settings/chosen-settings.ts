// What a user chose for one model, read from any value. Does not know what a model offers: `fitSettings` decides that.
import type { VideoAspectRatio, VideoResolution, VideoSettings } from "@video-engine/video-models";

/** A change of the settings. A field that is undefined is cleared: its default holds again. */
export type VideoSettingsChange = { readonly [K in keyof VideoSettings]: VideoSettings[K] | undefined };

/** The settings that a value holds, always in the same order. What cannot be read counts as left out. Never throws. */
export function readChosen(value: unknown): VideoSettings {
  const { aspectRatio, duration, resolution, ...rest } = isObject(value) ? value : {};
  const { generateAudio, cameraFixed, fastMode, removeWatermark } = rest;
  return {
    ...(isAspectRatio(aspectRatio) && { aspectRatio }),
    ...(isDuration(duration) && { duration }),
    ...(isResolution(resolution) && { resolution }),
    ...(typeof generateAudio === "boolean" && { generateAudio }),
    ...(typeof cameraFixed === "boolean" && { cameraFixed }),
    ...(typeof fastMode === "boolean" && { fastMode }),
    ...(typeof removeWatermark === "boolean" && { removeWatermark }),
  };
}

/** Whether a value is an object, so that its members may be looked at. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

// A ratio or a resolution that no model has any more still counts: `fitSettings` finds the one nearest to it.
function isAspectRatio(value: unknown): value is VideoAspectRatio {
  return typeof value === "string" && /^(auto|\d{1,2}:\d{1,2})$/.test(value);
}

function isResolution(value: unknown): value is VideoResolution {
  return typeof value === "string" && /^\d{3,4}p$/.test(value);
}

function isDuration(value: unknown): value is number {
  return typeof value === "number" && value > 0 && Number.isFinite(value);
}
