// Decides whether the server may fetch a URL that came from outside, by a list of allowed hosts. A web-standard fetch cannot pin the
// address that a name resolves to, so allow only hosts whose DNS you trust.
import { isIpHost } from "../providers/sort-video-urls.ts";
import { readUrl } from "../read-url.ts";
import { findingOf, type SettingFinding } from "../settings/setting-finding.ts";

/** The allowed hosts. `cdn.example` is that host alone; `.cdn.example` is every host below it, without itself. */
export interface PublicUrlRule {
  readonly allowedHosts: readonly string[];
  /** Characters. Default 2048. */
  readonly maxLength?: number | undefined;
}

/** A URL that may be fetched, or why not. */
export type PublicUrlCheck =
  | { readonly isAllowed: true; readonly url: URL }
  | { readonly isAllowed: false; readonly reason: string };

const MAX_LENGTH = 2048;
// Parsers disagree on backslashes, white space and non-ASCII letters in a host; a URL needs none of them.
const UNCLEAR = /[^\x21-\x7e]|\\/;

/** Checks a URL before it is fetched. The fetch itself must refuse redirects, which could lead to any host. */
export function checkPublicUrl(text: unknown, { allowedHosts, maxLength = MAX_LENGTH }: PublicUrlRule): PublicUrlCheck {
  const refuse = (reason: string): PublicUrlCheck => ({ isAllowed: false, reason });
  if (typeof text !== "string" || text.length > maxLength)
    return refuse(`it is no text of up to ${maxLength} characters`);
  if (UNCLEAR.test(text)) return refuse("it has characters that a URL does not need");
  if (!/^https:\/\/[^/]/i.test(text)) return refuse("it is not https");
  const url = readUrl(text);
  if (url === undefined) return refuse("it is no URL");
  if (text.slice("https://".length).split(/[/?#]/, 1)[0]?.includes("@")) return refuse("it names a user");
  if (url.port !== "") return refuse("it names a port");
  if (isIpHost(url.hostname)) return refuse("its host is an address and no name");
  if (!allowedHosts.some((allowed) => isHost(url.hostname, allowed))) return refuse("its host is not allowed");
  return { isAllowed: true, url };
}

const HOST = /^\.?(?:[a-z0-9-]+\.)+[a-z0-9-]+$/;

/** What is wrong with a list of allowed hosts: an entry that no URL can have as its host. */
export function checkHosts(option: string, { allowedHosts }: PublicUrlRule): readonly SettingFinding[] {
  const index = allowedHosts.findIndex((host) => !HOST.test(host) || isIpHost(host));
  if (index < 0) return [];
  const what = `has no host as its entry ${index + 1}`;
  return [
    findingOf(
      { option },
      { what, fix: "Write names alone, in lower case: cdn.example, or .cdn.example for all below it" },
    ),
  ];
}

function isHost(hostname: string, allowed: string): boolean {
  return allowed.startsWith(".") ? hostname.endsWith(allowed) && hostname !== allowed : hostname === allowed;
}
