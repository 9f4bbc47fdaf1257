// What it takes to make a video again, from what is known of it. Pure.
import type { VideoModelId, VideoSettings } from "@video-engine/video-models";
import type { AttachedFiles, GenerationSnapshot, VideoTile } from "@video-engine/video-sdk";
import type { SoldModels } from "@video-engine/video-sdk/react";

/** A request, as it was sent. */
export type SentRequest = NonNullable<GenerationSnapshot["request"]>;

/** The parts of the composer that are set. */
export interface MadeFrom {
  readonly model: VideoModelId | undefined;
  readonly prompt: string;
  /** Undefined values are cleared, so that the model's defaults apply. */
  readonly settings: { readonly [K in keyof VideoSettings]-?: VideoSettings[K] | undefined };
  /** Undefined where they are not known. */
  readonly files: AttachedFiles | undefined;
}

/** Everything, where the request is known; else what the row says. */
export function madeFrom(
  { prompt, model, aspectRatio }: VideoTile,
  request: SentRequest | undefined,
  { isVideoModelId }: Pick<SoldModels, "isVideoModelId">,
): MadeFrom {
  const { generateAudio, cameraFixed, fastMode, removeWatermark, duration, resolution } = request ?? {};
  const settings = { duration, resolution, generateAudio, cameraFixed, fastMode, removeWatermark };
  return {
    prompt,
    model: isVideoModelId(model) ? model : undefined,
    // A row may have any text as its ratio.
    settings: { ...settings, aspectRatio: request?.aspectRatio ?? (aspectRatio as VideoSettings["aspectRatio"]) },
    files: request && filesOf(request),
  };
}

function filesOf(request: SentRequest): AttachedFiles {
  const { attachmentImageUrl, startFrameImageUrl, endFrameImageUrl, sourceVideoUrl, audioUrl, keyframes } = request;
  const { klingO1Images, klingO1Elements, klingO1Video } = request;
  const { referenceImageUrls, referenceVideoUrls, referenceAudioUrls } = request;
  return {
    ...{ attachmentImageUrl, startFrameImageUrl, endFrameImageUrl, sourceVideoUrl, audioUrl, keyframes },
    ...{ klingO1Images, klingO1Elements, klingO1Video },
    ...{ referenceImageUrls, referenceVideoUrls, referenceAudioUrls },
  };
}
