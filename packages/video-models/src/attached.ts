// The attachments of a request, and the mode of the model that they select. Checks presence only, never a URL.
import type { ModelInput, VideoMode, VideoModel } from "./model.ts";
import type { VideoAttachments } from "./video-request.ts";

/** Attachments by the names of their request fields. Only presence counts, so any value is allowed. */
export type AttachedThings = { readonly [K in keyof VideoAttachments]?: unknown };

/** The request fields by which an input of each kind is attached. */
const FIELDS_OF_INPUT: Record<ModelInput["kind"], readonly (keyof VideoAttachments)[]> = {
  none: [],
  image: ["attachmentImageUrl", "attachmentImageBytes"],
  frames: ["startFrameImageUrl", "endFrameImageUrl"],
  references: ["klingO1Images", "klingO1Elements", "klingO1Video"],
};

/** Every attachment field. */
export const ATTACHMENT_FIELDS: readonly (keyof VideoAttachments)[] = Object.values(FIELDS_OF_INPUT).flat();

/** The attachment fields that a model takes. */
export function attachmentFieldsOf(model: VideoModel): readonly (keyof VideoAttachments)[] {
  return model.inputs.flatMap(({ kind }) => FIELDS_OF_INPUT[kind]);
}

/** The entry of a model for one kind of input; undefined when it does not take it. */
export function inputOf<K extends ModelInput["kind"]>(model: VideoModel, kind: K) {
  return model.inputs.find((input): input is Extract<ModelInput, { kind: K }> => input.kind === kind);
}

/** The number of attachments in a field: 0 for a missing value, an empty text or an empty list. */
export function countAttached(value: unknown): number {
  return Array.isArray(value) ? value.length : value ? 1 : 0;
}

/** Whether a field attaches anything. */
export function isAttached(value: unknown): boolean {
  return countAttached(value) > 0;
}

/** Reference images and elements together: a model has one limit for both. */
export function countReferences({ klingO1Images, klingO1Elements }: AttachedThings): number {
  return countAttached(klingO1Images) + countAttached(klingO1Elements);
}

/** The mode in which a model runs with these attachments. Attachments that it does not take are ignored. */
export function modeOf(model: VideoModel, attachments: AttachedThings): VideoMode {
  if (inputOf(model, "frames")) return "first-last-frame";
  if (inputOf(model, "references")) {
    return isAttached(attachments.klingO1Video) ? "video-to-video-edit" : "reference-to-video";
  }
  const hasImage = FIELDS_OF_INPUT.image.some((field) => isAttached(attachments[field]));
  return inputOf(model, "image") && (hasImage || !inputOf(model, "none")) ? "image-to-video" : "text-to-video";
}
