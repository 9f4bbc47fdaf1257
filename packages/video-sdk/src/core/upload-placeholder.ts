// The URLs that stand in a request for files that are not uploaded yet, and how they become real ones. Pure.
// With them a request with local files is checked and priced exactly as it will be sent.
import type { KlingElement, ResolvedVideoRequest } from "@video-engine/video-models";

// `.invalid` never resolves (RFC 2606), so a placeholder that slipped through would reach nobody's server.
const BASE = "https://upload.invalid/";

/** The URL that stands for a file until it is uploaded. */
export function placeholderFor(fileId: string): string {
  return `${BASE}${encodeURIComponent(fileId)}`;
}

/** Whether a URL stands for a file. */
export function isPlaceholder(url: string): boolean {
  return url.startsWith(BASE);
}

/** The request with the URLs of its files, by file id. A placeholder without a URL stays. */
export function withUrls(request: ResolvedVideoRequest, urls: Readonly<Record<string, string>>): ResolvedVideoRequest {
  const byPlaceholder = new Map(Object.entries(urls).map(([fileId, url]) => [placeholderFor(fileId), url]));
  const real = (url: string): string => byPlaceholder.get(url) ?? url;
  const { attachmentImageUrl, startFrameImageUrl, endFrameImageUrl, klingO1Video } = request;
  const { klingO1Images, klingO1Elements } = request;
  return {
    ...request,
    ...(attachmentImageUrl === undefined ? {} : { attachmentImageUrl: real(attachmentImageUrl) }),
    ...(startFrameImageUrl === undefined ? {} : { startFrameImageUrl: real(startFrameImageUrl) }),
    ...(endFrameImageUrl === undefined ? {} : { endFrameImageUrl: real(endFrameImageUrl) }),
    ...(klingO1Video === undefined ? {} : { klingO1Video: real(klingO1Video) }),
    ...(klingO1Images === undefined ? {} : { klingO1Images: klingO1Images.map(real) }),
    ...(klingO1Elements === undefined ? {} : { klingO1Elements: klingO1Elements.map((one) => elementOf(one, real)) }),
  };
}

function elementOf(element: KlingElement, real: (url: string) => string): KlingElement {
  return {
    frontalImageUrl: real(element.frontalImageUrl),
    referenceImageUrls: element.referenceImageUrls.map(real),
  };
}
