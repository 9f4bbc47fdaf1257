// Turns a failed answer of one of our routes into an error. Every adapter over a route uses this, so they all read the same answer alike.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { parseErrorAnswer } from "../protocol.ts";
import { bareStatusOf } from "./answer-table.ts";
import type { HttpAnswer } from "./send.ts";

/**
 * The error of an answer with a status of 400 or more, or of no answer. Only a body that names a code of ours is a verdict; else the table
 * decides by the status, never by the text. Of the two ways to say when to retry, the `Retry-After` header counts first.
 */
export function readRouteError(answer: HttpAnswer): VideoErrorData {
  if (answer.kind === "none") {
    const details = answer.reason === undefined ? undefined : { reason: answer.reason };
    return videoErrorData(answer.cause === "not-signed-in" ? "not-signed-in" : "unreachable", { details });
  }
  const { status } = answer;
  const said = parseErrorAnswer(answer.body) ?? {};
  const { code, message, details } = said;
  const retryAfterMs = answer.retryAfterMs ?? said.retryAfterMs;
  if (code === undefined)
    return videoErrorData(bareStatusOf(status).code, { message, retryAfterMs, details: { status } });
  return videoErrorData(code, { message, retryable: said.retryable, retryAfterMs, details });
}
