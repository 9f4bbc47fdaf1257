// What a draft still needs before it can be sent.
import type { AttachmentChoices, VideoModel } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";

/** A prompt and files. */
export interface Drafted {
  readonly prompt: string;
  readonly files: AttachedFiles;
}

/** Why the draft cannot be sent yet, as a sentence; undefined when it can. `takes` is what the model takes, with these files attached. */
export function missingFrom(
  { prompt, files }: Drafted,
  takes: AttachmentChoices,
  { min = 1 }: VideoModel["promptLimit"],
): string | undefined {
  if (min > 0 && prompt.trim() === "") return "Describe the video first.";
  if (takes.image === "required" && files.attachmentImageUrl === undefined) return "Add an image first.";
  if (takes.startFrame === "required" && files.startFrameImageUrl === undefined) return "Add a start frame first.";
  if (takes.endFrame === "required" && files.endFrameImageUrl === undefined) return "Add an end frame first.";
  if (takes.references.need === "required" && takes.references.used === 0)
    return "Add an image, an element or a clip first.";
  if (takes.sourceVideo === "required" && files.sourceVideoUrl === undefined) return "Add a video first.";
  if (takes.referenceImages?.need === "required" && takes.referenceImages.used === 0)
    return takes.referenceVideos ? "Add an image or a clip first." : "Add an image first.";
  if (takes.keyframes?.used === 1 && takes.keyframes.min > 1) return `Add ${takes.keyframes.min} keyframes, or none.`;
  return undefined;
}
