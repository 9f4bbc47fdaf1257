// One request by the runtime's fetch, asked for in the way ky is. Knows no route and no token.
/** The part of a ky instance that is used. The app's own instance fits, with its prefix and its hooks. */
export type KyLike = (url: string, options: KyRequest) => Promise<HttpResponse>;

/** The options passed to ky. Its own retries and timeout are off, because only one layer retries. */
export interface KyRequest {
  readonly method: string;
  readonly json?: unknown;
  readonly headers: Record<string, string>;
  readonly searchParams?: Record<string, string>;
  readonly signal: AbortSignal;
  /** Our routes do not redirect, and a token or a paid submit must not be sent elsewhere. React Native follows all the same. */
  readonly redirect: "manual";
  readonly retry: 0;
  readonly timeout: false;
  readonly throwHttpErrors: false;
}

/** The part of a response that is read, of any class. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  /** Where the runtime gives a stream. */
  readonly body?: { getReader?(): AnswerReader } | null;
}

interface AnswerReader {
  read(): Promise<{ readonly value?: Uint8Array | undefined }>;
  cancel(): Promise<void>;
}

/** The part of the runtime's fetch that is used. Files are sent by it too, where there is no XMLHttpRequest: their body is a Blob, and they may be redirected. */
export type Fetch = (
  url: string,
  init: {
    readonly method: string;
    readonly headers: Record<string, string>;
    readonly body?: string | Blob;
    readonly signal: AbortSignal;
    readonly redirect?: "manual";
  },
) => ReturnType<KyLike>;

/** Sends by fetch. `fetch` is looked up at each request, so that a runtime may replace its own. */
export function createFetchRequest(fetch: Fetch = (...args) => globalThis.fetch(...args)): KyLike {
  return (url, { method, json, headers, searchParams, signal, redirect }) => {
    const address = searchParams === undefined ? url : withQuery(url, searchParams);
    const verb = method.toUpperCase();
    if (json === undefined) return fetch(address, { method: verb, signal, redirect, headers });
    const withType = { ...headers, "content-type": "application/json" };
    return fetch(address, { method: verb, signal, redirect, headers: withType, body: JSON.stringify(json) });
  };
}

/** Built by hand: React Native's URLSearchParams lacks most of its methods. */
function withQuery(url: string, searchParams: Readonly<Record<string, string>>): string {
  let address = url;
  for (const name of Object.keys(searchParams)) {
    const value = encodeURIComponent(searchParams[name] ?? "");
    address += `${address === url ? "?" : "&"}${encodeURIComponent(name)}=${value}`;
  }
  return address;
}
