// What can be wrong with an address that an app configures.
import { isIpHost } from "../providers/sort-video-urls.ts";
import { readUrl } from "../read-url.ts";
import type { Fault } from "./setting-finding.ts";
import { textFault } from "./text-fault.ts";

/** What an address must be beside https. */
export interface UrlRule {
  /** No path, query or slash at its end: an origin is compared letter by letter. */
  readonly isOrigin?: boolean | undefined;
  /** http is good enough on this machine. */
  readonly isLocalFine?: boolean | undefined;
  /** Somebody outside calls it, so it must not be an address of this machine. */
  readonly isCalledFromOutside?: boolean | undefined;
}

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[::1\]|.*\.localhost)$/;

/** The first fault of an address. Undefined: it can be used. What is no address is not shown: it may be a key in the wrong place. */
export function urlFault(
  value: string,
  { isOrigin = false, isLocalFine = false, isCalledFromOutside = false }: UrlRule = {},
): Fault | undefined {
  const text = textFault(value);
  if (text !== undefined) return text;
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) return { what: "has no scheme", fix: "Begin it with https://" };
  const url = readUrl(value);
  if (url === undefined) return { what: "is no address", fix: "Set one such as https://app.example" };
  const isLocal = LOOPBACK.test(url.hostname);
  if (url.protocol !== "https:" && !(isLocalFine && isLocal && url.protocol === "http:")) {
    return { what: `is not https: ${shown(url)}`, fix: "Begin it with https://" };
  }
  if (url.username !== "" || url.password !== "")
    return { what: `names a user: ${shown(url)}`, fix: "Remove what stands before the @" };
  if (url.hash !== "" || url.search !== "")
    return { what: `has a query or a fragment: ${shown(url)}`, fix: "Remove it" };
  if (isOrigin && value.endsWith("/"))
    return {
      what: `ends with a slash: ${shown(url)}`,
      fix: `Set it without: tokens say ${url.origin}, letter by letter`,
    };
  if (isOrigin && url.pathname !== "/")
    return { what: `has a path: ${shown(url)}`, fix: `Set the origin alone, such as ${url.origin}` };
  if (isCalledFromOutside && (isLocal || isIpHost(url.hostname))) {
    return {
      what: `is an address of a machine, which no provider calls: ${shown(url)}`,
      fix: "Set the public name",
      level: "doubtful",
    };
  }
  return undefined;
}

/** Without user, query and fragment, which may hold a secret. */
function shown({ protocol, host, pathname }: URL): string {
  return `${protocol}//${host}${pathname === "/" ? "" : pathname}`.slice(0, 100);
}
