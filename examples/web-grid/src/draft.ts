// What the user is putting together: a prompt and files. Pure.
import type { AttachedFiles } from "@video-engine/video-sdk";
import type { VideoChoices, VideoModel } from "@video-engine/video-models";

/** The next request, as far as it is written. */
export interface Draft {
  readonly prompt: string;
  /** For whichever model takes them; changing the model loses none. */
  readonly files: AttachedFiles;
}

/** Nothing yet. */
export const EMPTY_DRAFT: Draft = { prompt: "", files: {} };

/** Why the draft cannot be sent yet, as a sentence; undefined when it can. */
export function missingFrom(
  draft: Draft,
  { attachments }: VideoChoices,
  { min = 1 }: Pick<VideoModel["promptLimit"], "min"> = {},
): string | undefined {
  const { files } = draft;
  if (min > 0 && draft.prompt.trim() === "") return "Describe the video first.";
  if (attachments.image === "required" && files.attachmentImageUrl === undefined) return "Add an image first.";
  if (attachments.startFrame === "required" && files.startFrameImageUrl === undefined)
    return "Add a start frame first.";
  if (attachments.endFrame === "required" && files.endFrameImageUrl === undefined) return "Add an end frame first.";
  if (attachments.references.need === "required" && attachments.references.used === 0)
    return "Add an image, an element or a clip first.";
  if (attachments.sourceVideo && files.sourceVideoUrl === undefined) return "Add a video first.";
  if (attachments.referenceImages?.need === "required" && attachments.referenceImages.used === 0)
    return attachments.referenceVideos ? "Add an image or a clip first." : "Add an image first.";
  if (attachments.keyframes && attachments.keyframes.used === 1 && attachments.keyframes.min > 1)
    return `Add ${attachments.keyframes.min} keyframes, or none.`;
  if (attachments.audio === "required" && files.audioUrl === undefined) return "Add a sound first.";
  if (files.klingO1Elements?.some(({ referenceImageUrls }) => referenceImageUrls.length === 0) === true)
    return "Add a view to each element first.";
  return undefined;
}
