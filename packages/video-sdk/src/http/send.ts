// One HTTP request, through the app's ky or the runtime's fetch: a fresh token, its own deadline, one repeat after a 401 (the routes check the
// token first). Never throws. A caller's signal never reaches ky, which uses methods of it that React Native lacks: signals are linked by hand.
import type { Clock } from "../ports.ts";
import { createFetchRequest, type Fetch, type KyLike, type KyRequest } from "./fetch-request.ts";

/** Where the routes are, and whose token they get. */
export interface HttpAddress {
  /** Such as `https://app.example`. */
  readonly baseUrl: string;
  /** Called before every request, because a Clerk token lives about 60 s. `null`: not signed in. */
  getToken(options: { isForced: boolean }): Promise<string | null> | string | null;
  /** Default: the runtime's. */
  readonly fetch?: Fetch | undefined;
}

/** The app's ky instance, which then adds the token itself, or the address of the routes. */
export type Http = KyLike | HttpAddress;

/** What came back. `none`: nothing, with the reason. */
export type HttpAnswer =
  | { readonly kind: "answered"; readonly status: number; readonly body: unknown; readonly retryAfter: string | null }
  | { readonly kind: "none"; readonly cause: "no-answer" | "not-signed-in" };

interface SendOptions {
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
  readonly searchParams?: Record<string, string>;
  readonly signal?: AbortSignal;
  /** Aborting it cancels the request if it has not been sent yet. */
  readonly beforeSent?: AbortSignal | undefined;
  readonly deadlineMs: number;
}

/** Sends one request. */
export type Send = (method: "get" | "post", path: string, options: SendOptions) => Promise<HttpAnswer>;

const NO_ANSWER: HttpAnswer = { kind: "none", cause: "no-answer" };
/** A token that does not come must not hold a paid job. */
const TOKEN_DEADLINE_MS = 10_000;

/** Makes the function that sends requests. Does nothing until it is called. */
export function createSend(http: Http, clock: Clock): Send {
  if (typeof http === "function")
    return (method, path, options) => attempt(http, { method, url: path }, { ...options, clock });
  const { baseUrl, fetch } = http;
  const instance = createFetchRequest(fetch);
  const base = baseUrl.replace(/\/+$/, "");
  return async (method, path, options) => {
    const once = async (isForced: boolean): Promise<HttpAnswer> => {
      const token = await tokenWithin(http, isForced, { clock, signal: options.beforeSent });
      if (options.beforeSent?.aborted === true) return NO_ANSWER;
      // Also an empty text and, from an untyped caller, undefined are no token: the route would get "Bearer undefined".
      if (!token) return { kind: "none", cause: "not-signed-in" };
      const headers = { ...options.headers, authorization: `Bearer ${token}` };
      return attempt(instance, { method, url: `${base}/${path.replace(/^\/+/, "")}` }, { ...options, headers, clock });
    };
    const first = await once(false);
    return first.kind === "answered" && first.status === 401 ? once(true) : first;
  };
}

async function attempt(
  instance: KyLike,
  { method, url }: { method: string; url: string },
  options: SendOptions & { clock: Clock },
): Promise<HttpAnswer> {
  // The rest has only the members that the caller gave: an app's ky instance sees no `json: undefined`.
  const { headers = {}, signal, beforeSent, deadlineMs, clock, ...content } = options;
  if (signal?.aborted === true || beforeSent?.aborted === true) return NO_ANSWER;
  const controller = new AbortController();
  const end = (): void => controller.abort();
  // The signal itself ends the waiting, because the runtime's fetch may ignore it.
  const ended = new Promise<HttpAnswer>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(NO_ANSWER));
  });
  signal?.addEventListener("abort", end);
  const deadline = clock.setTimeout(end, deadlineMs);
  const request: KyRequest = {
    ...content,
    method,
    headers,
    signal: controller.signal,
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
  };
  try {
    return await Promise.race([exchange(instance, url, request), ended]);
  } catch {
    // The class and the text of the error differ by runtime and decide nothing.
    return NO_ANSWER;
  } finally {
    clock.clearTimeout(deadline);
    signal?.removeEventListener("abort", end);
  }
}

async function exchange(instance: KyLike, url: string, request: KyRequest): Promise<HttpAnswer> {
  const response = await instance(url, request);
  const body = parseJson(await response.text());
  return { kind: "answered", status: response.status, body, retryAfter: response.headers.get("retry-after") };
}

async function tokenWithin(
  http: HttpAddress,
  isForced: boolean,
  { clock, signal }: { clock: Clock; signal: AbortSignal | undefined },
): Promise<string | null> {
  let timer: unknown;
  let end = (): void => undefined;
  const late = new Promise<null>((resolve) => {
    end = () => resolve(null);
    timer = clock.setTimeout(end, TOKEN_DEADLINE_MS);
    signal?.addEventListener("abort", end);
  });
  try {
    return await Promise.race([Promise.resolve(http.getToken({ isForced })), late]);
  } catch {
    return null;
  } finally {
    clock.clearTimeout(timer);
    signal?.removeEventListener("abort", end);
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
