// Turns a failed answer of one of our routes into an error. Every adapter over a route uses this, so they all read the same answer alike.
import { videoErrorData, type VideoErrorCode, type VideoErrorData } from "../errors.ts";
import type { Clock } from "../ports.ts";
import { parseErrorAnswer } from "../protocol.ts";
import { retryAfterMsOf } from "./retry-after.ts";
import type { HttpAnswer } from "./send.ts";

/**
 * The error of an answer with a status of 400 or more, or of no answer. The body counts first where it names a code of ours; else the
 * status decides, never the text. Of the two ways to say when to retry, the `Retry-After` header counts first.
 */
export function readRouteError(answer: HttpAnswer, clock: Clock): VideoErrorData {
  if (answer.kind === "none") {
    const details = answer.reason === undefined ? undefined : { reason: answer.reason };
    return videoErrorData(answer.cause === "not-signed-in" ? "not-signed-in" : "unreachable", { details });
  }
  const { code, ...said } = parseErrorAnswer(answer.body) ?? {};
  const byTable = videoErrorData(code ?? codeOfStatus(answer.status));
  const { message = byTable.message } = said;
  // `retryable` belongs to its code: a body without a code of ours does not overrule the table.
  const retryable = code === undefined ? byTable.retryable : (said.retryable ?? byTable.retryable);
  const retryAfterMs = retryAfterMsOf(answer.retryAfter, clock.now()) ?? said.retryAfterMs;
  const error = { ...byTable, message, retryable };
  return retryAfterMs === undefined ? error : { ...error, retryAfterMs };
}

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

/** Other 4xx count as a bad request, everything else as a server that cannot be reached. */
function codeOfStatus(status: number): VideoErrorCode {
  return CODES[status] ?? (status < 500 ? "invalid-request" : "unreachable");
}
