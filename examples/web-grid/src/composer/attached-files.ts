// The files of a draft, and the changes that the slots make to them. Pure.
import type { VideoChoices } from "@video-engine/video-models";
import type { AttachedFiles, AttachedKlingElement, AttachmentSource } from "@video-engine/video-sdk";

/** A field that holds one file. */
export type SingleField = "attachmentImageUrl" | "startFrameImageUrl" | "endFrameImageUrl" | "klingO1Video";

/** The files that the model takes. The others wait for a model that does. */
export function filesFor({ attachments }: VideoChoices, files: AttachedFiles): AttachedFiles {
  const { attachmentImageUrl, startFrameImageUrl, endFrameImageUrl, klingO1Video } = files;
  const { klingO1Images, klingO1Elements } = files;
  const hasReferences = attachments.references.need !== "none";
  return {
    ...(attachments.image !== "none" && attachmentImageUrl !== undefined && { attachmentImageUrl }),
    ...(attachments.startFrame !== "none" && startFrameImageUrl !== undefined && { startFrameImageUrl }),
    ...(attachments.endFrame !== "none" && endFrameImageUrl !== undefined && { endFrameImageUrl }),
    ...(attachments.video !== "none" && klingO1Video !== undefined && { klingO1Video }),
    ...(hasReferences && klingO1Images !== undefined && { klingO1Images }),
    ...(hasReferences && klingO1Elements !== undefined && { klingO1Elements }),
  };
}

/** With this file in a field; without one, the field is cleared. */
export function withFile(
  files: AttachedFiles,
  field: SingleField,
  source: AttachmentSource | undefined,
): AttachedFiles {
  const { [field]: _, ...others } = files;
  return source === undefined ? others : { ...others, [field]: source };
}

/** With these reference images and elements. Empty lists are left out. */
export function withReferences(
  files: AttachedFiles,
  { images = files.klingO1Images ?? [], elements = files.klingO1Elements ?? [] }: References,
): AttachedFiles {
  const { klingO1Images: _images, klingO1Elements: _elements, ...others } = files;
  return {
    ...others,
    ...(images.length > 0 && { klingO1Images: images }),
    ...(elements.length > 0 && { klingO1Elements: elements }),
  };
}

interface References {
  readonly images?: readonly AttachmentSource[];
  readonly elements?: readonly AttachedKlingElement[];
}
