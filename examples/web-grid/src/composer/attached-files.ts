// The files of a draft, and the changes that the slots make to them. Pure.
import type { VideoChoices } from "@video-engine/video-models";
import type { AttachedFiles, AttachedKlingElement, AttachmentSource } from "@video-engine/video-sdk";

/** What a file holds. */
export type FileKind = "image" | "video" | "audio";

/** What a file of this type holds, such as `image/png`; undefined for anything that cannot be attached at all. */
export function kindOfType(type: string): FileKind | undefined {
  return (["image", "video", "audio"] as const).find((kind) => type.startsWith(`${kind}/`));
}

/** A field that holds one file. */
export type SingleField =
  | "attachmentImageUrl"
  | "startFrameImageUrl"
  | "endFrameImageUrl"
  | "klingO1Video"
  | "sourceVideoUrl"
  | "audioUrl";

/** A field that holds several. */
export type ListField = "referenceImageUrls" | "referenceVideoUrls" | "referenceAudioUrls";

/** The files that the model takes. The others wait for a model that does. */
export function filesFor({ attachments }: VideoChoices, files: AttachedFiles): AttachedFiles {
  const { attachmentImageUrl, startFrameImageUrl, endFrameImageUrl, klingO1Video } = files;
  const { klingO1Images, klingO1Elements } = files;
  const hasReferences = attachments.references.need !== "none";
  return {
    attachmentImageUrl: attachments.image === "none" ? undefined : attachmentImageUrl,
    startFrameImageUrl: attachments.startFrame === "none" ? undefined : startFrameImageUrl,
    endFrameImageUrl: attachments.endFrame === "none" ? undefined : endFrameImageUrl,
    klingO1Video: attachments.video === "none" ? undefined : klingO1Video,
    klingO1Images: hasReferences ? klingO1Images : undefined,
    klingO1Elements: hasReferences ? klingO1Elements : undefined,
    referenceImageUrls: attachments.referenceImages && files.referenceImageUrls,
    referenceVideoUrls: attachments.referenceVideos && files.referenceVideoUrls,
    referenceAudioUrls: attachments.referenceAudios && files.referenceAudioUrls,
    sourceVideoUrl: attachments.sourceVideo && files.sourceVideoUrl,
    audioUrl: attachments.audio && files.audioUrl,
    keyframes: attachments.keyframes && files.keyframes,
  };
}

/** With this file in a field; without one, the field is cleared. */
export function withFile(
  files: AttachedFiles,
  field: SingleField,
  source: AttachmentSource | undefined,
): AttachedFiles {
  return { ...files, [field]: source };
}

/** With these files in a list. An empty list is left out. */
export function withList(files: AttachedFiles, field: ListField, list: readonly AttachmentSource[]): AttachedFiles {
  return { ...files, [field]: list.length > 0 ? list : undefined };
}

/** With these reference images and elements. Empty lists are left out. */
export function withReferences(
  files: AttachedFiles,
  { images = files.klingO1Images ?? [], elements = files.klingO1Elements ?? [] }: References,
): AttachedFiles {
  return {
    ...files,
    klingO1Images: images.length > 0 ? images : undefined,
    klingO1Elements: elements.length > 0 ? elements : undefined,
  };
}

interface References {
  readonly images?: readonly AttachmentSource[];
  readonly elements?: readonly AttachedKlingElement[];
}
