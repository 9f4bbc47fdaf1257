// One HTTP request, through the app's ky or the runtime's fetch: a fresh token, its own deadline, one repeat after a 401 (the routes check the
// token first). Never throws. A caller's signal never reaches ky, which uses methods of it that React Native lacks: signals are linked by hand.
import type { Clock } from "../platform-ports.ts";
import { createFetchRequest, type Fetch, type KyLike, type KyRequest } from "./fetch-request.ts";
import { causeText } from "../thrown-error.ts";
import { createTokenSource } from "./token-source.ts";
import { readText } from "./read-text.ts";
import { isUnsendable } from "./why-unsent.ts";
import { retryAfterMsIn } from "./retry-after.ts";

/** Where the routes are, and whose token they get. */
export interface HttpAddress {
  /** Such as `https://app.example`. */
  readonly baseUrl: string;
  /**
   * Called before every request, because a Clerk token lives about 60 s. Only `null` means that the user is signed out. What throws, takes too
   * long or gives nothing is a token that cannot be had right now: the request is not sent, and tried again.
   */
  getToken(options: { isForced: boolean }): Promise<string | null> | string | null;
  /** Default: the runtime's. Sends attached files as well, where there is no XMLHttpRequest. */
  readonly fetch?: Fetch | undefined;
}

/** The app's ky instance, which then adds the token itself, or the address of the routes. */
export type Http = KyLike | HttpAddress;

/**
 * What came back. `none`: nothing. `no-answer`: it may have been sent. `not-sent`: it certainly was not. `not-signed-in`: nor was it, because
 * there is no user. `reason`: what the runtime or the app's own code said, for the developer.
 */
export type HttpAnswer =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly body: unknown;
      readonly retryAfterMs: number | undefined;
    }
  | { readonly kind: "none"; readonly cause: "no-answer" | "not-sent" | "not-signed-in"; readonly reason?: string };

interface SendOptions {
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
  readonly searchParams?: Record<string, string>;
  readonly signal?: AbortSignal;
  /** Aborting it cancels the request if it has not been sent yet. */
  readonly beforeSent?: AbortSignal | undefined;
  /** Asks for a token that no cache has. An app's own instance decides that by itself. */
  readonly needsFreshToken?: boolean | undefined;
  /** A token that was asked for ahead will do. */
  readonly mayBeEarly?: boolean | undefined;
  readonly deadlineMs: number;
}

/** Sends one request. */
export interface Send {
  (method: "get" | "post", path: string, options: SendOptions): Promise<HttpAnswer>;
  /** Asks for the token of a request that will follow soon. Left out: the app's own instance has the tokens. */
  readonly askAhead?: (() => void) | undefined;
}

const NO_ANSWER: HttpAnswer = { kind: "none", cause: "no-answer" };
const NOT_SENT: HttpAnswer = { kind: "none", cause: "not-sent" };

/** Makes the function that sends requests. Does nothing until it is called. */
export function createSend(http: Http, clock: Clock): Send {
  if (typeof http === "function") {
    return (method, path, options) =>
      attempt(http, { method, url: path }, { options, headers: options.headers ?? {}, clock });
  }
  const { baseUrl, fetch } = http;
  const instance = createFetchRequest(fetch);
  const base = baseUrl.replace(/\/+$/, "");
  const tokens = createTokenSource(http, clock);
  const send: Send = async (method, path, options) => {
    const { needsFreshToken = false, mayBeEarly = false, beforeSent: signal } = options;
    const url = `${base}/${path.replace(/^\/+/, "")}`;
    for (let isForced = needsFreshToken, isRepeat = false; ; isForced = true, isRepeat = true) {
      const given = tokens.get({ isForced, mayBeEarly, signal });
      const token = given instanceof Promise ? await given : given;
      if (typeof token !== "string") return token;
      if (options.beforeSent?.aborted === true) return NOT_SENT;
      const headers = { ...options.headers, authorization: `Bearer ${token}` };
      const answer = await attempt(instance, { method, url }, { options, headers, clock });
      if (isRepeat || answer.kind !== "answered" || answer.status !== 401) return answer;
    }
  };
  return Object.assign(send, { askAhead: tokens.askAhead });
}

function attempt(
  instance: KyLike,
  { method, url }: { method: string; url: string },
  { options, headers, clock }: { options: SendOptions; headers: Record<string, string>; clock: Clock },
): Promise<HttpAnswer> {
  const { signal, beforeSent, deadlineMs, json, searchParams } = options;
  if (signal?.aborted === true || beforeSent?.aborted === true) return Promise.resolve(NOT_SENT);
  const controller = new AbortController();
  const request: KyRequest = {
    // An app's ky instance sees no `json: undefined`.
    ...(json !== undefined && { json }),
    ...(searchParams && { searchParams }),
    method,
    headers,
    signal: controller.signal,
    redirect: "manual",
    retry: 0,
    timeout: false,
    throwHttpErrors: false,
  };
  return new Promise((resolve) => {
    const settle = (answer: HttpAnswer): void => {
      clock.clearTimeout(deadline);
      signal?.removeEventListener("abort", end);
      resolve(answer);
    };
    // What aborts the request ends the waiting itself, because the runtime's fetch may ignore a signal.
    const end = (): void => {
      settle(NO_ANSWER);
      controller.abort();
    };
    const deadline = clock.setTimeout(end, deadlineMs);
    signal?.addEventListener("abort", end);
    exchange(instance, url, request).then(settle, (error: unknown) => {
      // The class and the text of the error differ by runtime and decide nothing.
      settle({ kind: "none", cause: isUnsendable(request) ? "not-sent" : "no-answer", reason: causeText(error) });
    });
  });
}

async function exchange(instance: KyLike, url: string, request: KyRequest): Promise<HttpAnswer> {
  const response = await instance(url, request);
  const { status } = response;
  // Browsers hide the status of a redirect that was not followed.
  if (status === 0 || (status >= 300 && status < 400)) {
    return { kind: "none", cause: "no-answer", reason: "the route redirects" };
  }
  const body = parseJson(await readText(response));
  return { kind: "answered", status, body, retryAfterMs: retryAfterMsIn(response.headers) };
}

function parseJson(text: string): unknown {
  try {
    // Some servers begin a text with this mark, and some runtimes leave it there.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return undefined;
  }
}
