// What a person has attached on this screen, and the request fields that it becomes. Does not upload: that is the engine's.
import type { AttachmentChoices } from "@video-engine/video-models";
import type { AttachedFiles, AttachedKeyframe, Attachment, AttachmentSource } from "@video-engine/video-sdk";

/** What a picked file is for. An element's first picture is its main view. */
export type Place =
  | "image"
  | "start-frame"
  | "end-frame"
  | "reference"
  | "clip"
  | "video"
  | "media-image"
  | "media-video"
  | "keyframe"
  | `element-${number}`;

const PLACE = /^(?:image|start-frame|end-frame|reference|clip|video|media-image|media-video|keyframe|element-\d+)$/;

/** Whether a text that was stored is a place. */
export function isPlace(text: unknown): text is Place {
  return typeof text === "string" && PLACE.test(text);
}

/** A picked file. */
export interface Picked {
  readonly place: Place;
  /** Where the device shows it from. */
  readonly uri: string;
  readonly attachment: Attachment;
}

/** What belongs in a place. */
export function kindAt(place: Place): "image" | "video" {
  return place === "clip" || place === "video" || place === "media-video" ? "video" : "image";
}

/** The picked files of one place, in the order they were picked. */
export function pickedAt(picked: readonly Picked[], place: Place): readonly Picked[] {
  return picked.filter((one) => one.place === place);
}

/** Where the device shows a file from; undefined for one that is not picked. */
export function pictureOf(picked: readonly Picked[], source: AttachmentSource): string | undefined {
  return picked.find(({ attachment }) => attachment === source)?.uri;
}

/** The elements that there are, each with at least one picture. */
export function elementPlaces(picked: readonly Picked[]): readonly Place[] {
  return [...new Set(picked.map(({ place }) => place))].filter((place) => place.startsWith("element-"));
}

/**
 * The fields of the request, of those that the model takes. What it does not take stays picked, for another model. `seconds`: the length of the clip,
 * over which keyframes are spread in their order.
 */
export function filesOf(picked: readonly Picked[], takes: AttachmentChoices, seconds: number): AttachedFiles {
  const at = (place: Place): readonly Attachment[] => pickedAt(picked, place).map(({ attachment }) => attachment);
  const [image] = takes.image === "none" ? [] : at("image");
  const [start] = takes.startFrame === "none" ? [] : at("start-frame");
  const [end] = takes.endFrame === "none" ? [] : at("end-frame");
  const [clip] = takes.video === "none" ? [] : at("clip");
  const hasReferences = takes.references.need !== "none";
  const images = hasReferences ? at("reference") : [];
  const elements = (hasReferences ? elementPlaces(picked) : []).flatMap((place) => {
    const [frontalImageUrl, ...referenceImageUrls] = at(place);
    return frontalImageUrl === undefined ? [] : [{ frontalImageUrl, referenceImageUrls }];
  });
  return {
    attachmentImageUrl: image,
    startFrameImageUrl: start,
    endFrameImageUrl: end,
    klingO1Video: clip,
    klingO1Images: images.length > 0 ? images : undefined,
    klingO1Elements: elements.length > 0 ? elements : undefined,
    sourceVideoUrl: takes.sourceVideo && at("video")[0],
    referenceImageUrls: takes.referenceImages && listOf(at("media-image")),
    referenceVideoUrls: takes.referenceVideos && listOf(at("media-video")),
    keyframes: takes.keyframes && listOf(spread(at("keyframe"), seconds)),
  };
}

function listOf<T>(files: readonly T[]): readonly T[] | undefined {
  return files.length > 0 ? files : undefined;
}

/** The first at the start, the last at the end, the others between them on half seconds where there are enough. */
function spread(images: readonly Attachment[], seconds: number): readonly AttachedKeyframe[] {
  const last = Math.max(1, images.length - 1);
  const steps = images.length <= seconds * 2 ? 2 : 24;
  return images.map((imageUrl, index) => ({
    imageUrl,
    atSeconds: Math.round((seconds * index * steps) / last) / steps,
  }));
}
