// What a video model is. Types only.

/** A service that renders videos for us. */
export type VideoProviderId = "fal" | "kie" | "wavespeed";

/** Width to height. `auto` lets the model follow the attached image. */
export type VideoAspectRatio = "auto" | "16:9" | "9:16" | "1:1" | "4:3" | "3:4" | "21:9" | "3:2" | "2:3";

/** Height of the picture in lines. */
export type VideoResolution = "360p" | "480p" | "540p" | "720p" | "1080p";

/** How a clip is made, chosen by the attachments. */
export type VideoMode =
  | "text-to-video"
  | "image-to-video"
  | "first-last-frame"
  | "reference-to-video"
  | "video-to-video-edit";

/** What may be attached to a request. A model lists every kind it takes; `none` means that it also works from text alone. */
export type ModelInput =
  | { readonly kind: "none" }
  | { readonly kind: "image" }
  | { readonly kind: "frames"; readonly endFrame: "required" | "optional" }
  | { readonly kind: "references"; readonly max: number; readonly maxWithVideo: number };

/** A switch that a model may have, beside its lists of values. */
export type VideoToggle = "fast-mode" | "remove-watermark" | "camera-fixed";

/** The values that a mode offers. An empty list: the control does not exist. */
export interface ModelLists {
  readonly aspectRatios: readonly VideoAspectRatio[];
  /** Whole seconds. */
  readonly durations: readonly number[];
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
  /** The lists of a mode, where they differ from the ones above. */
  readonly inMode?: Partial<Record<VideoMode, Partial<ModelLists>>>;
  /** At these resolutions only these durations are offered. */
  readonly durationsAt?: Partial<Record<VideoResolution, readonly number[]>>;
  readonly audio: "none" | "optional" | "always";
  readonly audioOnByDefault: boolean;
  readonly toggles: readonly VideoToggle[];
  /** Toggles that exist only when an image is attached. */
  readonly togglesWithImage?: readonly VideoToggle[];
  /** Length of the prompt after trimming; `min` is 1 where absent. Bytes are of its UTF-8 form. */
  readonly promptLimit: { readonly min?: number; readonly max: number; readonly unit: "characters" | "bytes" };
  /** Whole credits for a clip of up to 5 s without extras. */
  readonly baseCredits: number;
  /** The seconds that are priced where the user cannot choose a duration. */
  readonly nominalSeconds: number;
  /** The default duration, where it is not the one nearest to `nominalSeconds`. */
  readonly defaultSeconds?: number;
  /** Estimates for progress and deadlines, milliseconds: the times in which 50 % and 95 % of the jobs are done. */
  readonly expectedMs: { readonly p50: number; readonly p95: number };
  readonly lifecycle: VideoModelLifecycle;
}
