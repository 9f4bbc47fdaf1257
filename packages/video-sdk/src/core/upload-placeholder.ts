// Placeholder URLs for files that are not uploaded yet, and their replacement by real URLs. Pure.
// With placeholders, a request with local files is checked and priced exactly as it will be sent.
import type { KlingElement, ResolvedVideoRequest } from "@video-engine/video-models";

// `.invalid` never resolves (RFC 2606), so a leaked placeholder reaches no server.
const BASE = "https://upload.invalid/";

/** The placeholder of a file until it is uploaded. */
export function placeholderFor(fileId: string): string {
  return `${BASE}${encodeURIComponent(fileId)}`;
}

/** Whether a URL is a placeholder. */
export function isPlaceholder(url: string): boolean {
  return url.startsWith(BASE);
}

/** The request with placeholders replaced by these URLs (by file id). A placeholder without a URL stays. */
export function withUrls(request: ResolvedVideoRequest, urls: Readonly<Record<string, string>>): ResolvedVideoRequest {
  const byPlaceholder = new Map(Object.entries(urls).map(([fileId, url]) => [placeholderFor(fileId), url]));
  const real = (url: string): string => byPlaceholder.get(url) ?? url;
  const filled: Writable<ResolvedVideoRequest> = { ...request };
  for (const field of SINGLE_URLS) {
    const url = request[field];
    if (url !== undefined) filled[field] = real(url);
  }
  const { klingO1Images, klingO1Elements } = request;
  if (klingO1Images !== undefined) filled.klingO1Images = klingO1Images.map(real);
  if (klingO1Elements !== undefined) filled.klingO1Elements = klingO1Elements.map((one) => elementOf(one, real));
  return filled;
}

const SINGLE_URLS = ["attachmentImageUrl", "startFrameImageUrl", "endFrameImageUrl", "klingO1Video"] as const;
type Writable<T> = { -readonly [K in keyof T]: T[K] };

function elementOf(element: KlingElement, real: (url: string) => string): KlingElement {
  return {
    frontalImageUrl: real(element.frontalImageUrl),
    referenceImageUrls: element.referenceImageUrls.map(real),
  };
}
