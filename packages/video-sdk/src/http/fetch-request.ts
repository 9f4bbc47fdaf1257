// One request by the runtime's fetch, asked for in the way ky is. Knows no route and no token.
import type { KyLike } from "./send.ts";

/** The part of the runtime's fetch that is used. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string;
    readonly signal: AbortSignal;
  },
) => ReturnType<KyLike>;

/** Sends by fetch. `fetch` is looked up at each request, so that a runtime may replace its own. */
export function createFetchRequest(fetch: Fetch = (...args) => globalThis.fetch(...args)): KyLike {
  return (url, { method, json, headers, searchParams = {}, signal }) => {
    // Built by hand: React Native's URLSearchParams lacks most of its methods.
    const query = Object.entries(searchParams).map((pair) => pair.map(encodeURIComponent).join("="));
    const address = query.length === 0 ? url : `${url}?${query.join("&")}`;
    const verb = method.toUpperCase();
    if (json === undefined) return fetch(address, { method: verb, headers, signal });
    const withType = { ...headers, "content-type": "application/json" };
    return fetch(address, { method: verb, headers: withType, body: JSON.stringify(json), signal });
  };
}
