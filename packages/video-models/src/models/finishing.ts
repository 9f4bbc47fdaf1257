// Models that finish a video that exists, as data: Topaz makes it larger, Sync moves its lips. Neither takes a prompt.
import type { VideoModel } from "../model.ts";
import { COMMON, UNKNOWN_SPEED } from "./common.ts";

/** The models that finish a video. */
export const finishing = () => {
  const shared = {
    ...COMMON,
    ...UNKNOWN_SPEED,
    aspectRatios: [],
    durations: [],
    promptLimit: { min: 0, max: 0, unit: "characters" },
  } as const;
  return {
    "vid-topaz-upscale": {
      ...shared,
      inputs: [{ kind: "video" }],
      mode: "upscale",
      company: "Topaz",
      logo: "topaz",
      label: "Topaz Upscale",
      description: "Doubles the width and height of a video.",
    },
    "vid-sync-lipsync-3": {
      ...shared,
      inputs: [{ kind: "video" }, { kind: "audio", need: "required" }],
      mode: "lip-sync",
      audio: "always",
      company: "Sync",
      logo: "sync",
      label: "Sync Lipsync 3",
      description: "Moves the lips of a video to a sound.",
    },
  } as const satisfies Record<string, VideoModel>;
};
