// The attachments of a request, and the mode of the model that they select. Checks presence only, never a URL.
import type { ModelInput, VideoMode, VideoModel } from "./model.ts";
import type { VideoAttachments } from "./video-request.ts";

/** Attachments by the names of their request fields. Only presence counts, so any value is allowed. */
export type AttachedThings = { readonly [K in keyof VideoAttachments]?: unknown };

type AttachmentField = keyof VideoAttachments;

/** The request fields by which an input of each kind is attached. */
const FIELDS_OF_INPUT: Record<ModelInput["kind"], readonly AttachmentField[]> = {
  none: [],
  image: ["attachmentImageUrl", "attachmentImageBytes"],
  frames: ["startFrameImageUrl", "endFrameImageUrl"],
  references: ["klingO1Images", "klingO1Elements", "klingO1Video"],
  media: ["referenceImageUrls", "referenceVideoUrls", "referenceAudioUrls"],
  keyframes: ["keyframes"],
  video: ["sourceVideoUrl"],
  audio: ["audioUrl"],
};

/** Every attachment field. */
export const ATTACHMENT_FIELDS: readonly AttachmentField[] = /* @__PURE__ */ Object.values(FIELDS_OF_INPUT).flat();

/** The attachment fields that a model takes. */
export function attachmentFieldsOf(model: VideoModel): readonly AttachmentField[] {
  return model.inputs.flatMap(fieldsOf);
}

function fieldsOf(input: ModelInput): readonly AttachmentField[] {
  const fields = FIELDS_OF_INPUT[input.kind];
  if (input.kind === "image" && input.endFrame) return [...fields, "endFrameImageUrl"];
  if (input.kind === "media") {
    const [images, videos, audios] = FIELDS_OF_INPUT.media;
    return [images, input.videos && videos, input.audios && audios].filter((field) => field !== undefined);
  }
  return fields;
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

/** Whether anything at all is attached. */
export function isAnyAttached(attachments: AttachedThings): boolean {
  return ATTACHMENT_FIELDS.some((field) => isAttached(attachments[field]));
}

/** Whether an image is attached, as a URL or as bytes. */
export function hasImage(attachments: AttachedThings): boolean {
  return FIELDS_OF_INPUT.image.some((field) => isAttached(attachments[field]));
}

/** Whether keyframes are attached to a model that takes them. They take the place of every other picture. */
export function hasKeyframes(model: VideoModel, { keyframes }: AttachedThings): boolean {
  return inputOf(model, "keyframes") !== undefined && isAttached(keyframes);
}

/** Reference images and elements of Kling together: a model has one limit for both. */
export function countReferences({ klingO1Images, klingO1Elements }: AttachedThings): number {
  return countAttached(klingO1Images) + countAttached(klingO1Elements);
}

/** The mode in which a model runs with these attachments. Attachments that it does not take are ignored. */
export function modeOf(model: VideoModel, attachments: AttachedThings): VideoMode {
  const has = (field: AttachmentField) => isAttached(attachments[field]);
  if (model.mode) return model.mode;
  if (inputOf(model, "frames")) return "first-last-frame";
  if (inputOf(model, "references")) return has("klingO1Video") ? "video-to-video-edit" : "reference-to-video";
  if (inputOf(model, "media")) return "reference-to-video";
  if (hasKeyframes(model, attachments)) return "keyframes";
  const image = inputOf(model, "image");
  if (image?.endFrame && has("endFrameImageUrl")) return "first-last-frame";
  return image && (hasImage(attachments) || !inputOf(model, "none")) ? "image-to-video" : "text-to-video";
}
