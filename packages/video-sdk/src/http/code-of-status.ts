// What an HTTP status means when the body names no error of ours. The status decides, never the text.
import type { VideoErrorCode } from "../errors.ts";

const CODES: Readonly<Record<number, VideoErrorCode>> = {
  400: "invalid-request",
  401: "not-signed-in",
  402: "insufficient-credits",
  403: "not-signed-in",
  404: "not-found",
  405: "method-not-allowed",
  408: "unreachable",
  409: "already-running",
  410: "model-retired",
  413: "too-large",
  415: "invalid-request",
  422: "provider-rejected",
  425: "unreachable",
  429: "rate-limited",
};

/** The error code of a status of 400 or more. Unknown 4xx count as a bad request, everything else as a server that cannot be reached. */
export function codeOfStatus(status: number): VideoErrorCode {
  return CODES[status] ?? (status < 500 ? "invalid-request" : "unreachable");
}
