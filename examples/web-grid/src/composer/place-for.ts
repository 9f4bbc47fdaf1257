// Where a file goes that was dropped or pasted anywhere: the first place of its kind that the model has free. Pure.
import type { CountedAttachments, VideoModelId } from "@video-engine/video-models";
import type { AttachedFiles, AttachmentSource } from "@video-engine/video-sdk";
import type { SoldModels } from "@video-engine/video-sdk/react";
import {
  withFile,
  withList,
  withReferences,
  type FileKind,
  type ListField,
  type SingleField,
} from "./attached-files.ts";

/** What is placed, and among what. */
export interface Placing {
  readonly models: Pick<SoldModels, "choicesFor">;
  readonly model: VideoModelId;
  readonly files: AttachedFiles;
  readonly source: AttachmentSource;
  /** Only where the video begins, which may be taken already. */
  readonly isStart?: boolean;
}

/** The files with it; undefined where the model takes nothing of the kind, or no more. */
export function placeFor(
  kind: FileKind,
  { models, model, files, source, isStart = false }: Placing,
): AttachedFiles | undefined {
  const { attachments } = models.choicesFor(model, { attachments: files });
  const { image, startFrame, endFrame, video, sourceVideo, audio, references } = attachments;
  const single = (field: SingleField, isOffered: boolean) =>
    isOffered && (isStart || files[field] === undefined) ? [withFile(files, field, source)] : [];
  const list = (field: ListField, choice: CountedAttachments | undefined) =>
    hasRoom(choice) ? [withList(files, field, [...(files[field] ?? []), source])] : [];
  if (kind === "audio")
    return [...single("audioUrl", audio !== undefined), ...list("referenceAudioUrls", attachments.referenceAudios)][0];
  if (kind === "video") {
    const places = [
      ...single("sourceVideoUrl", sourceVideo !== undefined),
      ...single("klingO1Video", video !== "none"),
    ];
    return [...places, ...list("referenceVideoUrls", attachments.referenceVideos)][0];
  }
  const begins = [
    ...single("startFrameImageUrl", startFrame !== "none"),
    ...single("attachmentImageUrl", image !== "none"),
  ];
  if (isStart) return begins[0];
  const images = hasRoom(references)
    ? [withReferences(files, { images: [...(files.klingO1Images ?? []), source] })]
    : [];
  const ends = single("endFrameImageUrl", endFrame !== "none");
  return [...begins, ...images, ...list("referenceImageUrls", attachments.referenceImages), ...ends][0];
}

function hasRoom(choice: CountedAttachments | undefined): boolean {
  return choice !== undefined && choice.need !== "none" && choice.used < choice.max;
}
