// Flags to a request. Everything wrong is said before anything is called; what a model takes is the registry's question.
import { type Command, InvalidArgumentError } from "commander";
import { checkVideoRequest, findVideoModel, type ModelInput, type VideoDuration } from "@video-engine/video-models";
import { VideoError, type GenerateRequest } from "@video-engine/video-sdk";
import { openFiles } from "./open-files.ts";

/** What `generate` and `cost` take where no model is named: one of the cheapest that takes text and images. */
export const DEFAULT_MODEL = "vid-seedance-pro-fast";

/** The flags that describe a video, as they were given. */
export interface VideoFlagValues {
  readonly model?: string | undefined;
  readonly duration?: VideoDuration | undefined;
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
    .option("--duration <seconds>", "whole seconds that the model offers, or auto where it chooses", toDuration)
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
    duration: flags.duration,
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

/** The checked request with its files opened. Throws for everything in it that cannot work, before anything is called. */
export async function readRequest(prompt: string, flags: VideoFlagValues): Promise<GenerateRequest> {
  const { checkable, files } = await openFiles(requestFrom(prompt, flags));
  const checked = checkVideoRequest(checkable);
  if (checked.ok) return { ...checked.request, ...files };
  throw new VideoError("invalid-request", {
    message: checked.issues.map(({ path, message }) => `\n  ${path || "request"}: ${message}`).join(""),
    details: { issues: checked.issues },
    settlement: "none",
  });
}

function toDuration(text: string): VideoDuration {
  if (text === "auto") return text;
  if (!/^\d{1,3}$/.test(text)) throw new InvalidArgumentError(`It takes whole seconds, such as 8, or auto.`);
  return Number(text);
}

function toList(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** Whole credits, as `--credits` takes them. */
export function toCredits(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It takes a whole number of at most nine digits.");
  return Number(text);
}
