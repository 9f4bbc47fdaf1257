// One HTTP call to any provider, and its answer as data. Judges nothing.
import { httpDateMs, retryAfterMsOf as readRetryAfter } from "../../http/retry-after.ts";

/** The signature of `fetch`, as far as the providers use it. */
export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** An answer with any status, or the reason why there is no answer. */
export type ProviderAnswer =
  | {
      readonly isReached: true;
      readonly status: number;
      readonly headers: Headers;
      /** The JSON of the body, or undefined when the body is not JSON. */
      readonly body: unknown;
    }
  | { readonly isReached: false; readonly cause: unknown };

/** Sends one request and returns its answer. Never throws, never repeats. */
export async function fetchAnswer(fetch: Fetch, url: string, init: RequestInit): Promise<ProviderAnswer> {
  try {
    const response = await fetch(url, init);
    const { status, headers } = response;
    return { isReached: true, status, headers, body: readJson(await response.text()) };
  } catch (cause) {
    return { isReached: false, cause };
  }
}

/** Reads a text as JSON; undefined when it is not JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

// Codes of Node and undici, on the cause of "fetch failed", for a connection that was never made.
const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"]);

/** Whether a failed fetch certainly sent nothing. False when in doubt: a reset connection may have carried the request. */
export function wasNeverSent(cause: unknown): boolean {
  let error = cause;
  for (let depth = 0; depth < 5 && error instanceof Error; depth += 1) {
    if ("code" in error && typeof error.code === "string" && NEVER_CONNECTED.has(error.code)) return true;
    error = error.cause;
  }
  return false;
}

/**
 * How long an answer asks to wait, milliseconds, from `Retry-After`. A date is compared with the answer's own `Date`, so that
 * differing clocks do not matter. Undefined when the header is missing or cannot be read.
 */
export function retryAfterMsOf(answer: ProviderAnswer): number | undefined {
  return answer.isReached ? retryAfterMsIn(answer.headers) : undefined;
}

/** The same, from the headers of an answer. */
export function retryAfterMsIn(headers: Headers): number | undefined {
  return readRetryAfter(headers.get("retry-after"), httpDateMs(headers.get("date")));
}
