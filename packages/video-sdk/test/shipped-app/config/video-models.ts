// The shipped app's own lists, as far as its screen uses them. Narrower than the registry's, so that the hook's types must fit them.

/** The 24 models of the app. */
export type VideoModelId =
  | "vid-veo-3.1"
  | "vid-veo-3.1-fast"
  | "veo3.1-transition"
  | "veo3.1-fast-transition"
  | "vid-kling-2.6-pro"
  | "vid-kling-2.5-pro"
  | "kling-2.5-turbo-transition"
  | "kling-o1"
  | "kling-o1-transition"
  | "kie-sora-2"
  | "kie-wan-2.5"
  | "vid-hailuo-2.3-pro"
  | "vid-hailuo-2.3"
  | "vid-ovi"
  | "vid-kandinsky-5"
  | "vid-seedance-lite"
  | "vid-seedance-pro"
  | "seedance-pro-transition"
  | "kie-seedance-1.5-pro"
  | "kie-seedance-1.5-pro-transition"
  | "pixverse-v5"
  | "pixverse-v5-transition"
  | "vid-lucy-lite"
  | "vid-lucy-pro";
export type VideoAspectRatio = "16:9" | "9:16" | "1:1" | "4:3" | "3:4";
/** Seconds. */
export type VideoDuration = 4 | 5 | 6 | 8 | 10 | 12 | 15;
export type VideoResolution = "360p" | "480p" | "540p" | "720p" | "1080p";

/** What a model offers on the screen. */
export interface ModelRules {
  readonly label: string;
  readonly aspectRatios: readonly VideoAspectRatio[];
  readonly durations: readonly VideoDuration[];
  readonly hasAudio: boolean;
  readonly needsImage: boolean;
}

const RULES: Readonly<Partial<Record<VideoModelId, ModelRules>>> = {
  "vid-veo-3.1": {
    label: "Veo 3.1",
    aspectRatios: ["16:9", "9:16"],
    durations: [4, 6, 8],
    hasAudio: true,
    needsImage: false,
  },
  "kie-wan-2.5": {
    label: "Wan 2.5",
    aspectRatios: ["16:9", "9:16", "1:1"],
    durations: [5, 10],
    hasAudio: false,
    needsImage: false,
  },
  "kling-o1": {
    label: "Kling O1 Edit",
    aspectRatios: ["16:9", "9:16", "1:1"],
    durations: [5, 10],
    hasAudio: false,
    needsImage: true,
  },
};

/** The rules of a model; those of Veo for one that this fixture leaves out. */
export function rulesOf(id: VideoModelId): ModelRules {
  return RULES[id] ?? { label: id, aspectRatios: ["16:9"], durations: [5], hasAudio: false, needsImage: false };
}
