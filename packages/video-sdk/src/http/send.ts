// One HTTP request through ky: fresh token, own deadline, one repeat after a 401 (the routes check the token before anything else). Never throws.
// Signals are linked by hand and a caller's own signal never reaches ky: React Native lacks what ky does with one.
import ky from "ky";
import type { Clock } from "../ports.ts";

/** The part of a ky instance that is used. The app's own instance fits, with its prefix and hooks. */
export type KyLike = (url: string, options: KyRequest) => Promise<HttpResponse>;

/** What is asked of ky: its own retries and timeout are off, because one layer retries. */
export interface KyRequest {
  readonly method: string;
  readonly json?: unknown;
  readonly headers: Record<string, string>;
  readonly searchParams?: Record<string, string>;
  readonly signal: AbortSignal;
  readonly retry: 0;
  readonly timeout: false;
  readonly throwHttpErrors: false;
}

/** The part of a response that is read; whatever class the runtime gives. */
export interface HttpResponse {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** The routes by address. */
export interface HttpAddress {
  /** Such as `https://app.example`. */
  readonly baseUrl: string;
  /** Asked before every request, because a Clerk token lives about 60 s. `null`: not signed in. */
  getToken(options: { isForced: boolean }): Promise<string | null> | string | null;
  /** Default: the runtime's. */
  readonly fetch?: typeof fetch;
}

/** The app's ky instance (which then adds the token itself), or the routes by address. */
export type Http = KyLike | HttpAddress;

/** What came back. `none`: nothing did, for this reason. */
export type HttpAnswer =
  | { readonly kind: "answered"; readonly status: number; readonly body: unknown; readonly retryAfter: string | null }
  | { readonly kind: "none"; readonly cause: "no-answer" | "not-signed-in" };

interface SendOptions {
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
  readonly searchParams?: Record<string, string>;
  readonly signal?: AbortSignal;
  /** Aborting it calls the request off as long as it has not been sent. */
  readonly beforeSent?: AbortSignal | undefined;
  readonly deadlineMs: number;
}

/** Sends one request. */
export type Send = (method: "get" | "post", path: string, options: SendOptions) => Promise<HttpAnswer>;

const NO_ANSWER: HttpAnswer = { kind: "none", cause: "no-answer" };
/** A token that does not come must not hold a paid job. */
const TOKEN_DEADLINE_MS = 10_000;

/** The way to send requests. Does nothing until used. */
export function createSend(http: Http, clock: Clock): Send {
  if (typeof http === "function")
    return (method, path, options) => attempt(http, { method, url: path }, { ...options, clock });
  const { baseUrl, fetch } = http;
  const instance = ky.create(fetch === undefined ? {} : { fetch });
  const base = baseUrl.replace(/\/+$/, "");
  return async (method, path, options) => {
    const once = async (isForced: boolean): Promise<HttpAnswer> => {
      const token = await tokenWithin(http, isForced, { clock, signal: options.beforeSent });
      if (options.beforeSent?.aborted === true) return NO_ANSWER;
      // Nor is an empty one a token, or the undefined of a caller without types: the route would be sent "Bearer undefined".
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
  const { json, headers = {}, searchParams, signal, beforeSent, deadlineMs, clock } = options;
  if (signal?.aborted === true || beforeSent?.aborted === true) return NO_ANSWER;
  const controller = new AbortController();
  const end = (): void => controller.abort();
  // Whoever waits is told by the signal itself, because the runtime's fetch may ignore it.
  const ended = new Promise<HttpAnswer>((resolve) => {
    controller.signal.addEventListener("abort", () => resolve(NO_ANSWER));
  });
  signal?.addEventListener("abort", end);
  const deadline = clock.setTimeout(end, deadlineMs);
  const request: KyRequest = {
    ...{ method, headers, signal: controller.signal, retry: 0, timeout: false, throwHttpErrors: false },
    ...(json === undefined ? {} : { json }),
    ...(searchParams === undefined ? {} : { searchParams }),
  };
  try {
    return await Promise.race([exchange(instance, url, request), ended]);
  } catch {
    // No answer is no answer: the class and the text of the error differ by runtime and decide nothing.
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
