// The files of a request that was sent, as they were picked. Pure.
import type { SentRequest } from "@video-engine/example-web-grid/request-of-tile";
import type { Place } from "./picked.ts";

/** A file by its URL, and its place. */
export interface PlacedUrl {
  readonly place: Place;
  readonly url: string;
}

/** All of them, in their order. Sounds have no place on this screen. */
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
