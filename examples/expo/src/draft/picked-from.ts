// Files by their URLs and places: those of a request that was sent, and those that are picked. Pure.
import type { SentRequest } from "@video-engine/example-web-grid/request-of-tile";
import type { Picked, Place } from "./picked.ts";

/** A file by its URL, and its place. */
export interface PlacedUrl {
  readonly place: Place;
  readonly url: string;
}

/** All of a request, in their order. Sounds have no place on this screen. */
export function pickedFrom(request: SentRequest): readonly PlacedUrl[] {
  const { klingO1Elements = [], keyframes = [] } = request;
  const at = (place: Place, ...urls: readonly (string | undefined)[]): readonly PlacedUrl[] =>
    urls.flatMap((url) => (url === undefined ? [] : [{ place, url }]));
  return [
    ...at("image", request.attachmentImageUrl),
    ...at("start-frame", request.startFrameImageUrl),
    ...at("end-frame", request.endFrameImageUrl),
    ...at("reference", ...(request.klingO1Images ?? [])),
    ...klingO1Elements.flatMap(({ frontalImageUrl, referenceImageUrls }, index) =>
      at(`element-${index + 1}`, frontalImageUrl, ...referenceImageUrls),
    ),
    ...at("clip", request.klingO1Video),
    ...at("video", request.sourceVideoUrl),
    ...at("media-image", ...(request.referenceImageUrls ?? [])),
    ...at("media-video", ...(request.referenceVideoUrls ?? [])),
    ...at("keyframe", ...keyframes.map(({ imageUrl }) => imageUrl)),
  ];
}

/** The picked files that have a URL by now: those that are uploaded. */
export function placedUrls(picked: readonly Picked[]): readonly PlacedUrl[] {
  return picked.flatMap(({ place, attachment }) => {
    const { url } = attachment.getSnapshot();
    return url === undefined ? [] : [{ place, url }];
  });
}
