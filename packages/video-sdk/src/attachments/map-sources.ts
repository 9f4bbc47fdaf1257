// Goes through everything that may be attached to a request, and puts a URL in its place. Knows nothing of files.
import type { VideoRequest } from "@video-engine/video-models";
import type { GenerateRequest } from "./attached-video-request.ts";

/** The URL to put in the place of a source. The path is that of an issue: `klingO1Elements.0.frontalImageUrl`. */
export type PlaceSource = (source: unknown, path: string) => string;

/**
 * The request with a URL for every source. Lists that are none, as a caller without types may pass them, stay as they are: the check
 * of the request names them.
 */
export function mapSources(request: GenerateRequest, place: PlaceSource): VideoRequest {
  const { attachmentImageUrl, startFrameImageUrl, endFrameImageUrl, klingO1Video, ...others } = request;
  const { klingO1Images, klingO1Elements, ...settings } = others;
  const one = (field: string, source: unknown): Record<string, string> =>
    source === undefined ? {} : { [field]: place(source, field) };
  const all = (sources: readonly unknown[], path: string): readonly string[] =>
    each(sources, (source, index) => place(source, `${path}.${index}`));
  return {
    ...settings,
    ...one("attachmentImageUrl", attachmentImageUrl),
    ...one("startFrameImageUrl", startFrameImageUrl),
    ...one("endFrameImageUrl", endFrameImageUrl),
    ...one("klingO1Video", klingO1Video),
    ...(klingO1Images === undefined ? {} : { klingO1Images: all(klingO1Images, "klingO1Images") }),
    ...(klingO1Elements === undefined
      ? {}
      : {
          klingO1Elements: each(klingO1Elements, (element, index) => ({
            ...element,
            frontalImageUrl: place(element?.frontalImageUrl, `klingO1Elements.${index}.frontalImageUrl`),
            referenceImageUrls: all(element?.referenceImageUrls, `klingO1Elements.${index}.referenceImageUrls`),
          })),
        }),
  };
}

function each<T, U>(list: readonly T[], map: (item: T, index: number) => U): readonly U[] {
  return Array.isArray(list) ? list.map(map) : (list as never); // no list at all: an untyped caller's mistake
}
