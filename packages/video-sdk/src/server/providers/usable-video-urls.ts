// Decides which of a provider's result URLs may reach a user. Knows no provider.
import { readUrl } from "../read-url.ts";

/** Returns whether a video URL may reach a user. */
export type VideoUrlRule = (url: URL) => boolean;

/** Whether the host of a parsed URL is an address: `127.0.0.1` or `[::1]`. The parser has turned every other notation (0x7f.1, 2130706433) into one of these. */
export function isIpHost(hostname: string): boolean {
  return /^\[|(?:^|\.)\d+$/.test(hostname);
}

const MAX_URL_LENGTH = 2048;

const isPublic: VideoUrlRule = ({ protocol, hostname }) => protocol === "https:" && !isIpHost(hostname);

/** The URLs that pass the rule, in order. Default rule: https, and a host that is no IP address. URLs with credentials, or above 2048 characters, never pass. */
export function usableVideoUrls(candidates: readonly unknown[], rule: VideoUrlRule = isPublic): string[] {
  return candidates.flatMap((candidate) => {
    if (typeof candidate !== "string" || candidate.length > MAX_URL_LENGTH) return [];
    const url = readUrl(candidate);
    if (url === undefined || url.username !== "" || url.password !== "" || !rule(url)) return [];
    return [candidate];
  });
}
