// The flags that describe a video, and the request as they say it. Whether it can be made is judge-request.ts's question.
import { type Command, InvalidArgumentError } from "commander";
import { findVideoModel, type ModelInput, type VideoRequest } from "@video-engine/video-models";
import { refuseLooseOptions } from "./strict-options.ts";

/** What `generate` takes where no model is named: one of the cheapest that takes text and images. */
export const DEFAULT_MODEL = "vid-seedance-pro-fast";

/** The flags that describe a video, as they were given. */
export interface VideoFlagValues {
  readonly model?: string | undefined;
  readonly duration?: string | undefined;
  readonly aspectRatio?: string | undefined;
  readonly resolution?: string | undefined;
  readonly audio?: boolean | undefined;
  readonly fast?: boolean | undefined;
  readonly removeWatermark?: boolean | undefined;
  readonly cameraFixed?: boolean | undefined;
  readonly image?: string | undefined;
  readonly startFrame?: string | undefined;
  readonly endFrame?: string | undefined;
  readonly reference?: readonly string[] | undefined;
  readonly video?: string | undefined;
  readonly sound?: string | undefined;
}

/** Adds those flags to a command. */
export function addVideoFlags(command: Command): Command {
  return command
    .option("--duration <seconds>", "whole seconds that the model offers, or auto where it chooses")
    .option("--aspect-ratio <w:h>", "such as 16:9")
    .option("--resolution <lines>", "such as 720p")
    .option("--audio", "with sound, where the model lets you choose")
    .option("--no-audio", "without sound")
    .option("--fast", "fast mode, where the model has one")
    .option("--remove-watermark", "where the model has that switch")
    .option("--camera-fixed", "where the model has that switch")
    .option("--image <file or url>", "animate this image; a file is uploaded first")
    .option("--start-frame <file or url>", "the first frame of a transition")
    .option("--end-frame <file or url>", "the last frame of a transition, or of a clip with an --image")
    .option("--reference <file or url>", "a reference image, as often as the model takes", toList)
    .option("--video <file or url>", "a video to edit, extend, upscale or give other lips")
    .option("--sound <file or url>", "speech or music that the clip follows");
}

/** Refuses what is given twice or empty, once a command has all its options. */
export function strict(command: Command): Command {
  return refuseLooseOptions(command, { lists: ["reference"] });
}

/** The fields of a request, and the flag that each is given by. Those that are not there are not given by flags. */
export const FLAG_OF: Partial<Record<keyof VideoRequest, string>> = {
  model: "--model",
  prompt: "the prompt",
  aspectRatio: "--aspect-ratio",
  resolution: "--resolution",
  duration: "--duration",
  generateAudio: "--audio",
  fastMode: "--fast",
  removeWatermark: "--remove-watermark",
  cameraFixed: "--camera-fixed",
  attachmentImageUrl: "--image",
  startFrameImageUrl: "--start-frame",
  endFrameImageUrl: "--end-frame",
  klingO1Images: "--reference",
  referenceImageUrls: "--reference",
  klingO1Video: "--video",
  sourceVideoUrl: "--video",
  audioUrl: "--sound",
};

/** The request as the flags say it, unchecked: what is not given is not there. */
export function requestFrom(prompt: string, flags: VideoFlagValues): Record<string, unknown> {
  const model = flags.model ?? DEFAULT_MODEL;
  const takes = (kind: ModelInput["kind"]) =>
    findVideoModel(model)?.inputs.some((input) => input.kind === kind) === true;
  const given = {
    model,
    prompt,
    aspectRatio: flags.aspectRatio,
    resolution: flags.resolution,
    duration: flags.duration === undefined ? undefined : toDuration(flags.duration),
    generateAudio: flags.audio,
    fastMode: flags.fast,
    removeWatermark: flags.removeWatermark,
    cameraFixed: flags.cameraFixed,
    attachmentImageUrl: flags.image,
    startFrameImageUrl: flags.startFrame,
    endFrameImageUrl: flags.endFrame,
    [takes("media") ? "referenceImageUrls" : "klingO1Images"]: flags.reference,
    [takes("video") ? "sourceVideoUrl" : "klingO1Video"]: flags.video,
    audioUrl: flags.sound,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** What is no number stays as it was written, and is refused with the choices of the model. */
function toDuration(text: string): string | number {
  return /^\d{1,6}$/.test(text) ? Number(text) : text;
}

function toList(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Whole credits, as `--credits` takes them. */
export function toCredits(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It takes a whole number of at most nine digits.");
  return Number(text);
}
