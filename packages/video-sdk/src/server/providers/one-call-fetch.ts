// A fetch that lets one call pass and keeps its answer. @fal-ai/client repeats a paid POST up to three times after 429, 502, 503,
// 504 or a dropped connection, and its retry settings do not reach queue calls.
import { readJson, type Fetch, type ProviderAnswer } from "./provider-answer.ts";

/** A fetch for one call. */
export interface OneCallFetch {
  readonly fetch: Fetch;
  /** Aborts as soon as the call is over. The client checks its signal before it waits and repeats, so it stops at once. */
  readonly over: AbortSignal;
  /** The answer to the call. Undefined before the call is over, or when none was made. */
  readonly answer: () => ProviderAnswer | undefined;
}

/** No client retries an error of this name. Made once, because an abort without a reason makes one each time. */
const OVER = /* @__PURE__ */ Object.assign(new Error("The call is over."), { name: "AbortError" });

/** Builds the fetch. `signal` is the caller's; the client's own signal never reaches the network. */
export function createOneCallFetch(fetch: Fetch, signal?: AbortSignal): OneCallFetch {
  const over = new AbortController();
  let isUsed = false;
  let answer: ProviderAnswer | undefined;

  const callOnce: Fetch = async (input, init) => {
    // Only reached when a client ignores its signal. No client retries an error of this name.
    if (isUsed) throw Object.assign(new Error("This call may be sent only once."), { name: "AbortError" });
    isUsed = true;
    try {
      const response = await fetch(input, { ...init, signal: signal ?? null });
      const { status, headers } = response;
      const text = await response.text();
      answer = { isReached: true, status, headers, body: readJson(text) };
      // The answer is read from here. The client would only parse it once more.
      return new Response(null, { status, headers });
    } catch (cause) {
      answer ??= { isReached: false, cause };
      throw cause;
    } finally {
      over.abort(OVER);
    }
  };
  return { fetch: callOnce, over: over.signal, answer: () => answer };
}
