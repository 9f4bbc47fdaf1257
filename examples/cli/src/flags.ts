// Flags to a request. Everything wrong is said before anything is called; what a model takes is the registry's question.
import { parseArgs, type ParseArgsConfig } from "node:util";
import { findVideoModel, type ModelInput, type VideoDuration } from "@video-engine/video-models";

/** A command was used wrongly: exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The flags that describe a video, for `generate` and `cost`. */
export const VIDEO_FLAGS = {
  model: { type: "string" },
  duration: { type: "string" },
  "aspect-ratio": { type: "string" },
  resolution: { type: "string" },
  audio: { type: "boolean" },
  fast: { type: "boolean" },
  "remove-watermark": { type: "boolean" },
  "camera-fixed": { type: "boolean" },
  image: { type: "string" },
  "start-frame": { type: "string" },
  "end-frame": { type: "string" },
  reference: { type: "string", multiple: true },
  video: { type: "string" },
  sound: { type: "string" },
} as const satisfies NonNullable<ParseArgsConfig["options"]>;

/** How those flags read in a help text. */
export const VIDEO_FLAGS_HELP = `  --model <id>             such as vid-veo-3.1-fast (see: video-engine models)
  --duration <seconds>     whole seconds that the model offers, or auto where it chooses
  --aspect-ratio <w:h>     such as 16:9
  --resolution <lines>     such as 720p
  --audio, --no-audio      with or without sound, where the model lets you choose
  --fast                   fast mode, where the model has one
  --remove-watermark       where the model has that switch
  --camera-fixed           where the model has that switch
  --image <file or url>    animate this image: a file of yours is uploaded first
  --start-frame <file>     first frame of a transition; --end-frame <file> its last, or that of a clip with an --image
  --reference <file>       reference image, as often as the model takes
  --video <file>           video to edit, extend, upscale or give other lips
  --sound <file>           speech or music that the clip follows`;

/** Parses flags strictly. Throws {@link UsageError} for an unknown one. */
export function parseFlags<T extends NonNullable<ParseArgsConfig["options"]>>(args: readonly string[], options: T) {
  try {
    const common = { json: { type: "boolean" }, help: { type: "boolean", short: "h" } } as const;
    return parseArgs({
      args: [...args],
      options: { ...common, ...options },
      allowPositionals: true,
      allowNegative: true,
      strict: true,
    });
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause));
  }
}

/** The values of {@link VIDEO_FLAGS} after parsing. */
export interface VideoFlagValues {
  readonly model?: string | undefined;
  readonly duration?: string | undefined;
  readonly "aspect-ratio"?: string | undefined;
  readonly resolution?: string | undefined;
  readonly audio?: boolean | undefined;
  readonly fast?: boolean | undefined;
  readonly "remove-watermark"?: boolean | undefined;
  readonly "camera-fixed"?: boolean | undefined;
  readonly image?: string | undefined;
  readonly "start-frame"?: string | undefined;
  readonly "end-frame"?: string | undefined;
  readonly reference?: readonly string[] | undefined;
  readonly video?: string | undefined;
  readonly sound?: string | undefined;
}

/** The request as the flags say it, unchecked: what is not given is not there. */
export function requestFrom(prompt: string, flags: VideoFlagValues): Record<string, unknown> {
  const takes = (kind: ModelInput["kind"]) =>
    findVideoModel(flags.model ?? "")?.inputs.some((input) => input.kind === kind) === true;
  const given = {
    model: flags.model,
    prompt,
    aspectRatio: flags["aspect-ratio"],
    resolution: flags.resolution,
    duration: flags.duration === undefined ? undefined : secondsIn(flags.duration),
    generateAudio: flags.audio,
    fastMode: flags.fast,
    removeWatermark: flags["remove-watermark"],
    cameraFixed: flags["camera-fixed"],
    attachmentImageUrl: flags.image,
    startFrameImageUrl: flags["start-frame"],
    endFrameImageUrl: flags["end-frame"],
    [takes("media") ? "referenceImageUrls" : "klingO1Images"]: flags.reference,
    [takes("video") ? "sourceVideoUrl" : "klingO1Video"]: flags.video,
    audioUrl: flags.sound,
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function secondsIn(text: string): VideoDuration {
  if (text === "auto") return text;
  if (!/^\d{1,3}$/.test(text))
    throw new UsageError(`--duration takes whole seconds, such as 8, or auto. It was "${text}".`);
  return Number(text);
}
