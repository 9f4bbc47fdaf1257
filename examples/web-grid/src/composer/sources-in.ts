// Every file of a draft, whichever place it has. Pure.
import type { AttachedFiles, AttachmentSource } from "@video-engine/video-sdk";

/** The files, in the order of their fields. */
export function sourcesIn(files: AttachedFiles): readonly AttachmentSource[] {
  return Object.values(files).flatMap(sourcesOf);
}

function sourcesOf(value: unknown): readonly AttachmentSource[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(sourcesOf);
  if (typeof value !== "object" || value === null) return [];
  // An element or a keyframe, which holds files itself.
  if ("frontalImageUrl" in value || "imageUrl" in value) return Object.values(value).flatMap(sourcesOf);
  return [value as AttachmentSource]; // the fields of `AttachedFiles` hold nothing else
}
