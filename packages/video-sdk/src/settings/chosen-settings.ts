// Reads what a user chose for one model from any value. Does not know what the model offers: `fitSettings` decides that.
import type { VideoAspectRatio, VideoDuration, VideoResolution, VideoSettings } from "@video-engine/video-models";
import { isObject } from "../value-kinds.ts";

/** A change of the settings. A field that is undefined is cleared, so its default applies again. */
export type VideoSettingsChange = { readonly [K in keyof VideoSettings]: VideoSettings[K] | undefined };

/** The settings in a value, always in the same order. Fields that cannot be read are left out. Never throws. */
export function readChosen(value: unknown): VideoSettings {
  const { aspectRatio, duration, resolution, ...flags } = isObject(value) ? value : {};
  // Fields are left out rather than undefined: an object without any means that nothing was chosen.
  const chosen: { -readonly [K in keyof VideoSettings]: VideoSettings[K] } = {};
  if (isAspectRatio(aspectRatio)) chosen.aspectRatio = aspectRatio;
  if (isDuration(duration)) chosen.duration = duration;
  if (isResolution(resolution)) chosen.resolution = resolution;
  for (const name of FLAGS) {
    const flag = flags[name];
    if (typeof flag === "boolean") chosen[name] = flag;
  }
  return chosen;
}

const FLAGS = ["generateAudio", "cameraFixed", "fastMode", "removeWatermark"] as const;

// A ratio or resolution that no model has any more still counts: `fitSettings` finds the nearest one.
function isAspectRatio(value: unknown): value is VideoAspectRatio {
  return typeof value === "string" && /^(auto|\d{1,2}:\d{1,2})$/.test(value);
}

function isResolution(value: unknown): value is VideoResolution {
  return typeof value === "string" && /^(\d{3,4}p|[24]K)$/.test(value);
}

function isDuration(value: unknown): value is VideoDuration {
  return value === "auto" || (typeof value === "number" && value > 0 && Number.isFinite(value));
}
