// What each runtime's fetch rejects with when there is no answer, literally: class, name, message, code and cause. Nothing in the
// package reads this: it is the evidence that no text, name or class could be relied on.
//
// Measured: thrown by that runtime itself against a local server that refuses, hangs up, resets, breaks off or hangs (Node 20 and 24,
// Bun 1.4.5, Deno 2.9.6, workerd 2026-11-17). Source: read in what the runtime ships (whatwg-fetch 3.6.20 of React Native 0.85, expo
// 56.0.23). Reported: what public issues and other projects' tests show of browsers and devices that cannot be run here.

/** Why there was no answer. `abort`: a signal ended it. `timeout`: a time limit of the runtime or a signal did. */
export type ErrorKind = "network" | "abort" | "timeout";

/** One shape. */
export interface NetworkErrorRow {
  readonly runtime: string;
  readonly kind: ErrorKind;
  readonly when: string;
  readonly evidence: "measured" | "source" | "reported";
  readonly make: () => unknown;
}

type Extra = Readonly<Record<string, unknown>>;

const typeError =
  (message: string, extra: Extra = {}) =>
  () =>
    Object.assign(new TypeError(message), extra);

const plainError =
  (message: string, extra: Extra = {}) =>
  () =>
    Object.assign(new Error(message), extra);

const domException = (name: string, message: string) => () => new DOMException(message, name);

/** undici hides what happened in the cause. */
const undici = (message: string, cause: string, extra: Extra = {}) =>
  typeError(message, { cause: Object.assign(new Error(cause), extra) });

/** whatwg-fetch where there is no DOMException: an object that only inherits from Error. */
const imitatedAbort = () => Object.assign(Object.create(Error.prototype) as Error, { message: "Aborted", name: "AbortError" });

/** expo/fetch: `class FetchError extends Error` with no name of its own. */
class FetchError extends Error {
  constructor(message: string) {
    super(`fetch failed: ${message}`);
  }
}
const expo = (message: string) => () => new FetchError(message);

const row = (
  runtime: string,
  [kind, when, evidence]: readonly [ErrorKind, string, NetworkErrorRow["evidence"]],
  make: () => unknown,
): NetworkErrorRow => ({ runtime, kind, when, evidence, make });

const bunReset =
  "ECONNRESET: The socket connection was closed unexpectedly. For more information, pass `verbose: true` in the second argument to fetch()";
const denoConnect =
  "error sending request for url (https://app.test/): client error (Connect): tcp connect error: Connection refused (os error 111)";
const denoClosed =
  "error sending request from 127.0.0.1:39820 for https://app.test/ (127.0.0.1:443): client error (SendRequest): connection closed before message completed";

/** Every shape, by runtime. */
export const NETWORK_ERRORS: readonly NetworkErrorRow[] = [
  row("React Native", ["network", "no connection, or it broke", "source"], typeError("Network request failed")),
  row("React Native", ["timeout", "the request's own limit", "source"], typeError("Network request timed out")),
  row("React Native", ["abort", "aborted, with a global DOMException", "source"], domException("AbortError", "Aborted")),
  row("React Native", ["abort", "aborted, without one", "source"], imitatedAbort),

  row("expo/fetch", ["network", "offline, iOS", "reported"], expo("The Internet connection appears to be offline.")),
  row("expo/fetch", ["network", "connection lost, iOS", "reported"], expo("The network connection was lost.")),
  row(
    "expo/fetch",
    ["network", "no such host, Android", "reported"],
    expo('java.net.UnknownHostException: Unable to resolve host "app.test": No address associated with hostname'),
  ),
  row("expo/fetch", ["network", "anything else", "source"], expo("Unknown error")),
  row("expo/fetch", ["network", "while the body is read", "reported"], plainError("The network connection was lost")),
  row("expo/fetch", ["timeout", "the system's own limit, iOS", "reported"], expo("The request timed out.")),
  row("expo/fetch", ["abort", "aborted before it was sent", "source"], expo("The operation was aborted.")),
  row("expo/fetch", ["abort", "aborted on its way", "source"], expo("Fetch request has been canceled")),
  row("expo/fetch", ["abort", "aborted in the body", "source"], plainError("Fetch request has been canceled")),
  row("expo/fetch", ["timeout", "AbortSignal.timeout", "source"], domException("TimeoutError", "The signal timed out.")),

  row("Chrome", ["network", "no connection", "reported"], typeError("Failed to fetch")),
  row("Chrome", ["network", "behind a tool that names the host", "reported"], typeError("Failed to fetch (app.test)")),
  row("Chrome", ["network", "while the body is read", "reported"], typeError("network error")),
  row("Chrome", ["abort", "aborted", "reported"], domException("AbortError", "The user aborted a request.")),
  row("Chrome", ["abort", "aborted, newer", "reported"], domException("AbortError", "signal is aborted without reason")),
  row("Chrome", ["abort", "aborted in the body", "reported"], domException("AbortError", "BodyStreamBuffer was aborted")),
  row("Chrome", ["timeout", "AbortSignal.timeout", "reported"], domException("TimeoutError", "signal timed out")),

  row("Safari", ["network", "no connection, 17 and later", "reported"], typeError("Load failed", { stack: undefined })),
  row("Safari", ["network", "offline, 16", "reported"], typeError("The Internet connection appears to be offline.")),
  row("Safari", ["network", "connection lost, 16", "reported"], typeError("The network connection was lost.")),
  row("Safari", ["abort", "the page is left, 14", "reported"], typeError("cancelled")),
  row("Safari", ["abort", "aborted", "reported"], domException("AbortError", "Fetch is aborted")),
  row("Safari", ["timeout", "AbortSignal.timeout", "reported"], domException("TimeoutError", "The operation timed out.")),

  row("Firefox", ["network", "no connection", "reported"], typeError("NetworkError when attempting to fetch resource.")),
  row("Firefox", ["network", "while the body is read", "reported"], typeError("Error in body stream")),
  row("Firefox", ["network", "while a stream is read", "reported"], typeError("Error in input stream")),
  // The space at the end is Firefox's.
  row("Firefox", ["abort", "aborted", "reported"], domException("AbortError", "The operation was aborted. ")),
  row("Firefox", ["timeout", "AbortSignal.timeout", "reported"], domException("TimeoutError", "The operation timed out.")),

  row(
    "undici",
    ["network", "refused", "measured"],
    undici("fetch failed", "connect ECONNREFUSED 127.0.0.1:18999", { code: "ECONNREFUSED", syscall: "connect" }),
  ),
  row(
    "undici",
    ["network", "no such host", "measured"],
    undici("fetch failed", "getaddrinfo ENOTFOUND nowhere.invalid", { code: "ENOTFOUND", syscall: "getaddrinfo" }),
  ),
  row(
    "undici",
    ["network", "hung up", "measured"],
    undici("fetch failed", "other side closed", { name: "SocketError", code: "UND_ERR_SOCKET" }),
  ),
  row("undici", ["network", "reset", "measured"], undici("fetch failed", "read ECONNRESET", { code: "ECONNRESET" })),
  row(
    "undici",
    ["network", "no HTTP", "measured"],
    undici("fetch failed", "Response does not match the HTTP/1.1 protocol (Expected HTTP/)", { code: "HPE_INVALID_CONSTANT" }),
  ),
  row(
    "undici",
    ["network", "broken off in the body", "measured"],
    undici("terminated", "other side closed", { name: "SocketError", code: "UND_ERR_SOCKET" }),
  ),
  row(
    "undici",
    ["timeout", "no head of an answer", "measured"],
    undici("fetch failed", "Headers Timeout Error", { name: "HeadersTimeoutError", code: "UND_ERR_HEADERS_TIMEOUT" }),
  ),
  row(
    "undici",
    ["timeout", "no end of the body", "measured"],
    undici("terminated", "Body Timeout Error", { name: "BodyTimeoutError", code: "UND_ERR_BODY_TIMEOUT" }),
  ),
  row("undici", ["abort", "aborted", "measured"], domException("AbortError", "This operation was aborted")),
  row(
    "undici",
    ["timeout", "AbortSignal.timeout", "measured"],
    domException("TimeoutError", "The operation was aborted due to timeout"),
  ),

  row(
    "Bun",
    ["network", "refused", "measured"],
    typeError("ECONNREFUSED: Unable to connect. Is the computer able to access the url?", { code: "ECONNREFUSED", errno: 0 }),
  ),
  row(
    "Bun",
    ["network", "refused, before 1.4", "reported"],
    plainError("Unable to connect. Is the computer able to access the url?", { code: "ConnectionRefused" }),
  ),
  row("Bun", ["network", "no such host", "measured"], typeError("getaddrinfo ENOTFOUND nowhere.invalid", { code: "ENOTFOUND" })),
  row("Bun", ["network", "hung up, reset or broken off", "measured"], typeError(bunReset, { code: "ECONNRESET" })),
  row(
    "Bun",
    ["network", "no HTTP", "measured"],
    typeError('Malformed_HTTP_Response fetching "https://app.test/"', { code: "Malformed_HTTP_Response" }),
  ),
  row("Bun", ["abort", "aborted", "measured"], domException("AbortError", "The operation was aborted.")),
  row("Bun", ["timeout", "AbortSignal.timeout", "measured"], domException("TimeoutError", "The operation timed out.")),

  row("Deno", ["network", "refused", "measured"], undici("fetch failed", denoConnect)),
  row("Deno", ["network", "refused, before 2.9", "reported"], typeError(denoConnect)),
  row("Deno", ["network", "hung up", "measured"], undici("fetch failed", denoClosed)),
  row("Deno", ["network", "reset", "measured"], undici("fetch failed", "Connection reset by peer (os error 104)")),
  row("Deno", ["network", "broken off in the body", "measured"], typeError("error reading a body from connection")),
  row("Deno", ["abort", "aborted", "measured"], domException("AbortError", "The signal has been aborted")),
  row(
    "Deno",
    ["timeout", "AbortSignal.timeout", "measured"],
    domException("TimeoutError", "The operation was aborted due to timeout"),
  ),

  row(
    "workerd",
    ["network", "refused, hung up, reset or broken off", "measured"],
    plainError("Network connection lost.", { retryable: true }),
  ),
  row("workerd", ["network", "no such host", "measured"], plainError("internal error; reference = 7ag2ho77ldrlcqco9iq4q976")),
  row("workerd", ["abort", "aborted", "measured"], domException("AbortError", "The operation was aborted")),
  row(
    "workerd",
    ["timeout", "AbortSignal.timeout", "measured"],
    domException("TimeoutError", "The operation was aborted due to timeout"),
  ),
];

/** What no runtime throws, and a wrapper of an app may: nothing may depend on it being an error at all. */
export const ODD_ERRORS: readonly NetworkErrorRow[] = [
  row("a wrapper", ["network", "nothing", "reported"], () => undefined),
  row("a wrapper", ["network", "null", "reported"], () => null),
  row("a wrapper", ["network", "a text", "reported"], () => "timeout"),
  row("a wrapper", ["abort", "a signal's reason of its own", "reported"], () => ({ reason: "user left" })),
  row("a wrapper", ["network", "an error that throws when it is read", "reported"], () =>
    Object.defineProperties(new Error(), {
      name: {
        get: () => {
          throw new Error("do not read me");
        },
      },
      message: {
        get: () => {
          throw new Error("do not read me");
        },
      },
    }),
  ),
];
