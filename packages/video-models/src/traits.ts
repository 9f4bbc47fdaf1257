// The product's yes/no flags of a model, computed from its data.
import { inputOf } from "./attached.ts";
import type { ModelInput, VideoModel, VideoToggle } from "./model.ts";
import type { NamedModel } from "./price-of.ts";
import { getVideoModel, type VideoModelId } from "./registry.ts";

/** The flags that the app's screens use. */
export interface VideoModelTraits {
  /** Takes one image, required or optional. */
  readonly supportsImageToVideo: boolean;
  /** Does not work from text alone. */
  readonly requiresAttachment: boolean;
  /** Works from a first and a last frame. */
  readonly isTransition: boolean;
  readonly isTextOnly: boolean;
  readonly isImageOnly: boolean;
  readonly maxAttachments: number;
  /** Sound can be switched on and off. */
  readonly supportsAudio: boolean;
  readonly defaultAudioOn: boolean;
  /** In some mode. `choicesFor` says whether in the current one. */
  readonly supportsFastMode: boolean;
  readonly supportsWatermarkToggle: boolean;
  readonly supportsCameraFixed: boolean;
  /** A Kling of reference images, elements and video edits: O1, or its successor O3. */
  readonly isKlingO1: boolean;
  readonly isKlingO1Transition: boolean;
  readonly showResolutionSelector: boolean;
  /** The user can never choose an aspect ratio. */
  readonly hideAspectRatio: boolean;
  /** The user can choose an aspect ratio, but not with an image attached. */
  readonly hideAspectRatioWithImage: boolean;
  /** Short texts for a card, such as `1080p`, `4-8 s`, `Audio`. */
  readonly specs: readonly string[];
  readonly isNew: boolean;
  readonly logo: string;
  /** Withdrawn by its provider. */
  readonly isRetired: boolean;
}

/** The flags of a model. Throws `UnknownVideoModelError` for an unknown id. */
export function traitsOf(modelId: VideoModelId): VideoModelTraits {
  return traitsOfModel({ id: modelId, model: getVideoModel(modelId) });
}

/** The same for a model in hand. */
export function traitsOfModel({ id, model }: NamedModel): VideoModelTraits {
  const takes = (kind: ModelInput["kind"]) => inputOf(model, kind) !== undefined;
  const has = (toggle: VideoToggle) => [...model.toggles, ...(model.togglesWithImage ?? [])].includes(toggle);
  const maxAttachments = Math.max(...model.inputs.map(mostOf)) + (takes("audio") ? 1 : 0);
  const hideAspectRatio = model.aspectRatios.length === 0;
  return {
    supportsImageToVideo: takes("image"),
    requiresAttachment: !takes("none"),
    isTransition: takes("frames"),
    isTextOnly: maxAttachments === 0,
    isImageOnly: takes("image") && !takes("none"),
    maxAttachments,
    supportsAudio: model.audio === "optional",
    defaultAudioOn: model.audioOnByDefault,
    supportsFastMode: has("fast-mode"),
    supportsWatermarkToggle: has("remove-watermark"),
    supportsCameraFixed: has("camera-fixed"),
    isKlingO1: takes("references"),
    isKlingO1Transition: id === "kling-o1-transition",
    showResolutionSelector: model.resolutions.length > 0,
    hideAspectRatio,
    hideAspectRatioWithImage: !hideAspectRatio && model.inMode?.["image-to-video"]?.aspectRatios?.length === 0,
    specs: specsOf(model),
    isNew: model.isNew,
    logo: model.logo,
    isRetired: model.lifecycle.stage === "retired",
  };
}

/** How many things an input attaches at most, without a sound beside it. */
function mostOf(input: ModelInput): number {
  switch (input.kind) {
    case "none":
    case "audio":
      return 0;
    case "frames":
      return 2;
    case "image":
      return input.endFrame ? 2 : 1;
    case "video":
      return 1;
    default:
      return input.max;
  }
}

function specsOf({ resolutions, durations, audio }: VideoModel): readonly string[] {
  const seconds = durations.filter((length) => length !== "auto");
  const [shortest] = seconds;
  const longest = seconds[seconds.length - 1];
  return [
    ...resolutions.slice(-1),
    ...(shortest === undefined ? [] : [`${[...new Set([shortest, longest])].join("-")} s`]),
    ...(audio === "none" ? [] : ["Audio"]),
  ];
}
