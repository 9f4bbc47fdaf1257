// Test support: every request that a form could send: all models, all ways to attach, every combination offered.
import { choicesFor, type VideoChoices } from "../../choices.ts";
import { getVideoModel, VIDEO_MODELS, isVideoModelId, type VideoModelId } from "../../registry.ts";
import type { ModelInput } from "../../model.ts";
import type { VideoAttachments, VideoRequest, VideoSettings } from "../../video-request.ts";

const url = (name: string) => `https://media.example.com/${name}`;
const start = { startFrameImageUrl: url("start.png") };
const images = { klingO1Images: [url("one.png"), url("two.png")] };
const elements = {
  klingO1Elements: [
    { frontalImageUrl: url("front.png"), referenceImageUrls: [url("left.png"), url("right.png")] },
    { frontalImageUrl: url("dog.png"), referenceImageUrls: [url("dog-side.png")] },
  ],
};
const video = { klingO1Video: url("clip.mp4") };
const image = { attachmentImageUrl: url("image.png") };
const end = { endFrameImageUrl: url("end.png") };
const sources = (name: string, count: number) => Array.from({ length: count }, (_, nth) => url(`${nth}-${name}`));

/** The ways to attach what a model takes, by kind of input. */
function waysToAttach(input: ModelInput): readonly VideoAttachments[] {
  switch (input.kind) {
    case "none":
      return [{}];
    case "image":
      return input.endFrame ? [image, { ...image, ...end }] : [image];
    case "frames":
      return input.endFrame === "optional" ? [start, { ...start, ...end }] : [{ ...start, ...end }];
    case "references":
      return [images, elements, { ...images, ...elements }, video, { ...video, ...images, ...elements }];
    case "keyframes":
      return [{ keyframes: sources("key.png", 2).map((imageUrl, nth) => ({ imageUrl, atSeconds: nth * 5 })) }];
    case "media":
      return waysToRefer(input);
    case "video":
      return [{ sourceVideoUrl: url("source.mp4") }];
    case "audio":
      return [{ audioUrl: url("speech.mp3") }];
  }
}

function waysToRefer({ images, videos, audios }: Extract<ModelInput, { kind: "media" }>): readonly VideoAttachments[] {
  const referenceImageUrls = sources("reference.png", images.max);
  if (!videos || !audios) return [{ referenceImageUrls }];
  const referenceVideoUrls = sources("reference.mp4", 1);
  const referenceAudioUrls = sources("reference.mp3", 1);
  return [
    { referenceImageUrls },
    { referenceVideoUrls },
    { referenceImageUrls: sources("reference.png", 1), referenceVideoUrls, referenceAudioUrls },
  ];
}

/** Every model id. */
export const MODEL_IDS: readonly VideoModelId[] = Object.keys(VIDEO_MODELS).filter(isVideoModelId);

/** Every way to attach something to a model. */
export function attachmentsOf(modelId: VideoModelId): readonly VideoAttachments[] {
  const { inputs } = getVideoModel(modelId);
  const alone = inputs.filter(({ kind }) => kind !== "audio").flatMap(waysToAttach);
  const sound = inputs.find((input) => input.kind === "audio");
  if (!sound) return alone;
  const together = alone.flatMap((one) => waysToAttach(sound).map((other) => ({ ...one, ...other })));
  return sound.need === "required" ? together : [...alone, ...together];
}

/** Every request of a model with these attachments: the product of all that is offered. */
export function requestsOf(modelId: VideoModelId, attachments: VideoAttachments): readonly VideoRequest[] {
  return settingsOf(modelId, attachments).map((settings) => ({
    model: modelId,
    prompt: "A red fox runs through the snow",
    ...settings,
    ...attachments,
  }));
}

/** Every request there is. */
export const REACHABLE_REQUESTS: readonly VideoRequest[] = MODEL_IDS.flatMap((modelId) =>
  attachmentsOf(modelId).flatMap((attachments) => requestsOf(modelId, attachments)),
);

function settingsOf(modelId: VideoModelId, attachments: VideoAttachments): readonly VideoSettings[] {
  const { resolutions } = choicesFor(modelId, { attachments });
  const choices =
    resolutions.length === 0
      ? [choicesFor(modelId, { attachments })]
      : resolutions.map((resolution) => ({
          ...choicesFor(modelId, { attachments, resolution }),
          resolutions: [resolution],
        }));
  return choices.flatMap(productOf);
}

function productOf(choices: VideoChoices): readonly VideoSettings[] {
  let settings: readonly VideoSettings[] = [{}];
  const vary = <Name extends keyof VideoSettings>(name: Name, values: readonly VideoSettings[Name][]) => {
    if (values.length > 0) settings = settings.flatMap((given) => values.map((value) => ({ ...given, [name]: value })));
  };
  const flags = (isOffered: boolean) => (isOffered ? [false, true] : []);
  vary("aspectRatio", choices.aspectRatios);
  vary("duration", choices.durations);
  vary("resolution", choices.resolutions);
  vary("generateAudio", flags(choices.audio === "optional"));
  vary("cameraFixed", flags(choices.cameraFixed));
  vary("fastMode", flags(choices.fastMode));
  vary("removeWatermark", flags(choices.removeWatermark));
  return settings;
}
