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
  for (const field of URL_LISTS) {
    const listed = request[field];
    if (listed !== undefined) filled[field] = listed.map(real);
  }
  const { klingO1Elements, keyframes } = request;
  if (keyframes !== undefined) filled.keyframes = keyframes.map((one) => ({ ...one, imageUrl: real(one.imageUrl) }));
  if (klingO1Elements !== undefined) filled.klingO1Elements = klingO1Elements.map((one) => elementOf(one, real));
  return filled;
}

/** The fields of a request that are one URL. */
export const SINGLE_URLS = [
  "attachmentImageUrl",
  "startFrameImageUrl",
  "endFrameImageUrl",
  "klingO1Video",
  "sourceVideoUrl",
  "audioUrl",
] as const;

/** The fields of a request that are lists of URLs. */
export const URL_LISTS = ["klingO1Images", "referenceImageUrls", "referenceVideoUrls", "referenceAudioUrls"] as const;

const OBJECT_LISTS = ["klingO1Elements", "keyframes"] as const;
const URL_FIELDS: readonly string[] = [...SINGLE_URLS, ...URL_LISTS, ...OBJECT_LISTS];

/** A request without the fields that contain URLs. */
export function withoutUrls<Request extends object>(request: Request): Omit<Request, UrlField> {
  const entries = Object.entries(request).filter(([field]) => !URL_FIELDS.includes(field));
  return Object.fromEntries(entries) as Omit<Request, UrlField>; // fromEntries loses the types of the members
}

type UrlField = (typeof SINGLE_URLS | typeof URL_LISTS | typeof OBJECT_LISTS)[number];
type Writable<T> = { -readonly [K in keyof T]: T[K] };

function elementOf(element: KlingElement, real: (url: string) => string): KlingElement {
  return {
    frontalImageUrl: real(element.frontalImageUrl),
    referenceImageUrls: element.referenceImageUrls.map(real),
  };
}
