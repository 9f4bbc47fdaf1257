// What a draft still needs before it can be sent.
import type { AttachmentChoices } from "@video-engine/video-models";
import type { AttachedFiles } from "@video-engine/video-sdk";

/** Why the draft cannot be sent yet, as a sentence; undefined when it can. `takes` is what the model takes, with these files attached. */
export function missingFrom(prompt: string, files: AttachedFiles, takes: AttachmentChoices): string | undefined {
  if (prompt.trim() === "") return "Describe the video first.";
  if (takes.image === "required" && files.attachmentImageUrl === undefined) return "Add an image first.";
  if (takes.startFrame === "required" && files.startFrameImageUrl === undefined) return "Add a start frame first.";
  if (takes.endFrame === "required" && files.endFrameImageUrl === undefined) return "Add an end frame first.";
  if (takes.references.need === "required" && takes.references.used === 0)
    return "Add an image, an element or a clip first.";
  return undefined;
}
