// What a request means where its attachments belong to a sibling of its model, or to the model under another name. Changes no settings.
import { type AttachedThings, hasImage, inputOf, isAttached } from "./attached.ts";
import { isIn, type ModelLookup } from "./model-lookup.ts";
import type { VideoModelId } from "./registry.ts";
import { transitionOf } from "./transition-of.ts";

/** The model that is meant, and perhaps an image that moves. */
export interface Meaning {
  readonly model: VideoModelId;
  readonly moved?: Move;
}

/** An image that the model takes under another name. */
export interface Move {
  readonly from: "attachmentImageUrl" | "startFrameImageUrl";
  readonly to: "attachmentImageUrl" | "klingO1Images";
}

/**
 * Two frames mean the sibling that renders between frames; of a model that takes a last frame itself, its image and its last frame. One image
 * means a reference where the model takes nothing else.
 */
export function meaningOf(lookup: ModelLookup, id: VideoModelId, attached: AttachedThings): Meaning {
  const model = lookup.get(id);
  const has = (field: keyof AttachedThings) => isAttached(attached[field]);
  if (has("startFrameImageUrl") && has("endFrameImageUrl") && !inputOf(model, "frames")) {
    const sibling = transitionOf(id);
    if (sibling !== undefined && isIn(lookup, sibling)) return { model: sibling };
    if (!inputOf(model, "image")?.endFrame || hasImage(attached)) return { model: id };
    return { model: id, moved: { from: "startFrameImageUrl", to: "attachmentImageUrl" } };
  }
  const isReference = inputOf(model, "references") && has("attachmentImageUrl") && !has("klingO1Images");
  return isReference ? { model: id, moved: { from: "attachmentImageUrl", to: "klingO1Images" } } : { model: id };
}

/** The same fields, with the moved image in its place. */
export function inMeaning<Given extends AttachedThings>({ moved }: Meaning, given: Given): Given {
  const image = moved && given[moved.from];
  if (moved === undefined || image === undefined) return given;
  const { [moved.from]: _, ...rest } = given;
  return { ...rest, [moved.to]: valueIn(moved, image) } as unknown as Given; // the same kinds of members, of which every one is optional
}

/** The image, as it stands in its place. */
export function valueIn({ to }: Move, image: unknown): unknown {
  return to === "klingO1Images" ? [image] : image;
}
