// What a video model is. Types only.

/** A service that renders videos for us. */
export type VideoProviderId = "fal" | "kie" | "wavespeed" | "openrouter";

/** Width to height. `auto` lets the model choose, or follow what is attached. */
export type VideoAspectRatio =
  | "auto"
  | "16:9"
  | "9:16"
  | "1:1"
  | "4:3"
  | "3:4"
  | "21:9"
  | "9:21"
  | "3:2"
  | "2:3"
  | "5:4"
  | "4:5";

/** Height of the picture in lines; `2K` has 1440 of them and `4K` 2160. */
export type VideoResolution = "360p" | "480p" | "540p" | "720p" | "1080p" | "1440p" | "2K" | "4K";

/** Whole seconds, or `auto` where the model chooses its length: it is then priced as the longest that is offered. */
export type VideoDuration = number | "auto";

/** How a clip is made. Most models choose by the attachments; those for one purpose name it in {@link VideoModel.mode}. */
export type VideoMode =
  | "text-to-video"
  | "image-to-video"
  | "first-last-frame"
  | "keyframes"
  | "reference-to-video"
  | "video-to-video-edit"
  | "extend"
  | "upscale"
  | "lip-sync"
  | "avatar";

/** How many references of one kind a model takes, and how long they may be together, in seconds. A URL does not show its length. */
export interface ReferenceLimit {
  readonly max: number;
  readonly maxSeconds?: number;
}

/** What may be attached to a request. A model lists every kind it takes; `none` means that it also works from text alone. */
export type ModelInput =
  | { readonly kind: "none" }
  /** The first frame, and perhaps the last one beside it. */
  | { readonly kind: "image"; readonly endFrame?: "optional" }
  | { readonly kind: "frames"; readonly endFrame: "required" | "optional" }
  /** Kling's references: images and elements, counted together, and perhaps a video. */
  | { readonly kind: "references"; readonly max: number; readonly maxWithVideo: number }
  /** References of several kinds. At least one image or video is needed; `max` counts all. */
  | {
      readonly kind: "media";
      readonly max: number;
      readonly images: ReferenceLimit;
      readonly videos?: ReferenceLimit;
      readonly audios?: ReferenceLimit;
    }
  /** Images at given seconds of the clip, instead of an image. */
  | { readonly kind: "keyframes"; readonly min: number; readonly max: number }
  /** The video that is extended, upscaled or given other lips. */
  | { readonly kind: "video"; readonly maxSeconds?: number }
  /** Speech or music that the clip follows. */
  | { readonly kind: "audio"; readonly need: "optional" | "required"; readonly maxSeconds?: number };

/** US dollars of one second: always the same, or more with sound. A part that is missing has no published price. */
export type SecondRate = number | { readonly silent?: number; readonly sound?: number };

/** What is charged for one video. The first of its parts that fits the video counts. */
export interface VideoRate {
  /** US dollars, whatever the length. */
  readonly perVideo?: number;
  /** By resolution, or one for all. */
  readonly perSecond?: SecondRate | Partial<Record<VideoResolution, SecondRate>>;
  /** US dollars of a thousand tokens. A video has width x height x 24 x seconds / 1024 of them. */
  readonly perThousandTokens?: number;
  /** The longest video that can come of it, where its length follows from what is attached: that many seconds are charged. */
  readonly maxSeconds?: number;
  /** Seconds that are charged beside those of the video: the longest references that are taken. */
  readonly referenceSeconds?: number;
}

/** What is charged for the videos of a model. */
export interface ModelCost extends VideoRate {
  /** In these modes it is this instead. */
  readonly inMode?: Partial<Record<VideoMode, VideoRate>>;
  /** With reference videos attached it is this instead. */
  readonly withReferenceVideos?: VideoRate;
}

/** A switch that a model may have, beside its lists of values. */
export type VideoToggle = "fast-mode" | "remove-watermark" | "camera-fixed";

/** The values that a mode offers. An empty list: the control does not exist. */
export interface ModelLists {
  readonly aspectRatios: readonly VideoAspectRatio[];
  /** Ascending; `auto` comes first. */
  readonly durations: readonly VideoDuration[];
  readonly resolutions: readonly VideoResolution[];
}

/**
 * Whether a model can be used: now, until a date, or no longer. A date is YYYY-MM, or YYYY-MM-DD where the day is known. A replacement is
 * the id of the model to use instead. A note is a sentence for the owner of the app.
 */
export type VideoModelLifecycle =
  | { readonly stage: "available"; readonly note?: string }
  | { readonly stage: "deprecated"; readonly date: string; readonly replacement: string; readonly note?: string }
  | { readonly stage: "retired"; readonly date: string; readonly replacement: string; readonly note?: string };

/** One video model: data only. Ids are the keys of the registry and are not repeated here. */
export interface VideoModel extends ModelLists {
  readonly label: string;
  readonly description: string;
  readonly company: string;
  /** Name of the vendor's logo, for the app to resolve. */
  readonly logo: string;
  readonly isNew: boolean;
  /** Providers that serve it, the preferred one first. */
  readonly providers: readonly [VideoProviderId, ...VideoProviderId[]];
  readonly inputs: readonly ModelInput[];
  /** The only mode, where the attachments do not select it. */
  readonly mode?: VideoMode;
  /** The lists of a mode, where they differ from the ones above. */
  readonly inMode?: Partial<Record<VideoMode, Partial<ModelLists>>>;
  /** At these resolutions only these durations are offered. */
  readonly durationsAt?: Partial<Record<VideoResolution, readonly VideoDuration[]>>;
  readonly audio: "none" | "optional" | "always";
  readonly audioOnByDefault: boolean;
  readonly toggles: readonly VideoToggle[];
  /** Toggles that exist only when an image is attached. */
  readonly togglesWithImage?: readonly VideoToggle[];
  /** Length of the prompt after trimming; `min` is 1 where absent, and a `max` of 0 means that there is no prompt. Bytes are of its UTF-8 form. */
  readonly promptLimit: { readonly min?: number; readonly max: number; readonly unit: "characters" | "bytes" };
  /** Whole credits for a clip of up to 5 s without extras. Absent where the price follows from the provider's. */
  readonly baseCredits?: number;
  /** What the provider charges, where that is published and the price follows from it. */
  readonly cost?: ModelCost;
  /** The seconds that are priced where the user cannot choose a duration. */
  readonly nominalSeconds: number;
  /** The default duration, where it is not the one nearest to `nominalSeconds`. */
  readonly defaultSeconds?: number;
  /** Estimates for progress and deadlines, milliseconds: the times in which 50 % and 95 % of the jobs are done. */
  readonly expectedMs: { readonly p50: number; readonly p95: number };
  readonly lifecycle: VideoModelLifecycle;
}
