// What the user is putting together: a prompt and files. Pure.
import type { AttachedFiles } from "@video-engine/video-sdk";
import type { VideoChoices, VideoModel } from "@video-engine/video-models";
import { WORDS } from "./words.ts";

/** The next request, as far as it is written. */
export interface Draft {
  readonly prompt: string;
  /** For whichever model takes them; changing the model loses none. */
  readonly files: AttachedFiles;
}

const MISSING = WORDS.composer.missing;

/** Nothing yet. */
export const EMPTY_DRAFT: Draft = { prompt: "", files: {} };

/** Why the draft cannot be sent yet, as a sentence; undefined when it can. */
export function missingFrom(
  draft: Draft,
  { attachments }: VideoChoices,
  { min = 1 }: Pick<VideoModel["promptLimit"], "min"> = {},
): string | undefined {
  const { files } = draft;
  if (min > 0 && draft.prompt.trim() === "") return MISSING.prompt;
  if (attachments.image === "required" && files.attachmentImageUrl === undefined) return MISSING.image;
  if (attachments.startFrame === "required" && files.startFrameImageUrl === undefined) return MISSING.startFrame;
  if (attachments.endFrame === "required" && files.endFrameImageUrl === undefined) return MISSING.endFrame;
  if (attachments.references.need === "required" && attachments.references.used === 0) return MISSING.reference;
  if (attachments.sourceVideo && files.sourceVideoUrl === undefined) return MISSING.video;
  if (attachments.referenceImages?.need === "required" && attachments.referenceImages.used === 0)
    return attachments.referenceVideos ? MISSING.imageOrClip : MISSING.image;
  if (attachments.keyframes && attachments.keyframes.used === 1 && attachments.keyframes.min > 1)
    return MISSING.keyframes(attachments.keyframes.min);
  if (attachments.audio === "required" && files.audioUrl === undefined) return MISSING.sound;
  if (files.klingO1Elements?.some(({ referenceImageUrls }) => referenceImageUrls.length === 0) === true)
    return MISSING.view;
  return undefined;
}
