// Decides which of a provider's result URLs may reach a user, and why another one may not. Knows no provider.
import { readUrl } from "../read-url.ts";

/** Returns whether a video URL may reach a user. */
export type VideoUrlRule = (url: URL) => boolean;

/** Whether the host of a parsed URL is an address: `127.0.0.1` or `[::1]`. The parser has turned every other notation (0x7f.1, 2130706433) into one of these. */
export function isIpHost(hostname: string): boolean {
  return /^\[|(?:^|\.)\d+$/.test(hostname);
}

/** Whether a URL is http and names this machine: `127.0.0.1`, `[::1]` or `localhost`, with any port. */
export function isLoopbackUrl({ protocol, hostname }: URL): boolean {
  return protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname);
}

/** A finished video whose URL may not reach a user as it is. */
export interface WithheldVideo {
  readonly url: string;
  /** Why, as the rest of "because ...". */
  readonly why: string;
  /** It breaks a rule of safety: it is neither copied nor shown. Otherwise a copy of the video may be used. */
  readonly isForbidden: boolean;
}

/** The URLs in order, by whether they may reach a user. */
export interface SortedVideoUrls {
  readonly videos: readonly string[];
  readonly withheld: readonly WithheldVideo[];
}

const MAX_URL_LENGTH = 2048;

const isPublic: VideoUrlRule = ({ protocol, hostname }) => protocol === "https:" && !isIpHost(hostname);

/**
 * The usual rule, and http URLs of this machine: `isAllowedVideoUrl: allowLoopbackUrls`, for a sandbox of the providers. Not for production, where
 * what is on a server's own addresses is no user's video.
 */
export const allowLoopbackUrls: VideoUrlRule = (url) => isPublic(url) || isLoopbackUrl(url);

/** Default rule: https, and a host that is no IP address. URLs with credentials, or above 2048 characters, never pass. */
export function sortVideoUrls(urls: readonly string[], rule: VideoUrlRule = isPublic): SortedVideoUrls {
  const judged = urls.map((url) => ({ url, ...judge(url, rule) }));
  return {
    videos: judged.flatMap(({ url, why }) => (why === undefined ? [url] : [])),
    withheld: judged.flatMap(({ url, why, isForbidden = false }) =>
      why === undefined ? [] : [{ url, why, isForbidden }],
    ),
  };
}

interface Judgement {
  /** Undefined: it may reach a user. */
  readonly why?: string;
  readonly isForbidden?: boolean;
}

function judge(text: string, rule: VideoUrlRule): Judgement {
  if (/^data:video\//i.test(text)) return { why: "it holds the video itself, and is no https URL" };
  const url = /^https?:/i.test(text) ? readUrl(text) : undefined;
  if (url === undefined) return { why: "it is no https URL", isForbidden: true };
  if (url.username !== "" || url.password !== "") return { why: "it names a user", isForbidden: true };
  if (!rule(url)) {
    const isSafeByHttps = url.protocol === "http:" && rule(new URL(url.href.replace("http:", "https:")));
    return isSafeByHttps
      ? { why: "it is not https" }
      : { why: "the server does not allow its host", isForbidden: true };
  }
  return text.length > MAX_URL_LENGTH ? { why: `it is longer than ${MAX_URL_LENGTH} characters` } : {};
}
