// An error as a route's answer. Knows the error table; decides nothing.
import { VIDEO_ERRORS, type VideoError } from "../errors.ts";

/** What a 429 asks to wait when nobody said how long, milliseconds. */
const DEFAULT_RETRY_AFTER_MS = 10_000;

/** `{ error: { code, message, retryable, retryAfterMs?, details? } }` with the table's status; a 429 carries `Retry-After`. */
export function toErrorResponse(error: VideoError): Response {
  const { code, message, retryable, retryAfterMs, details } = error;
  const status = VIDEO_ERRORS[code].httpStatus;
  const waitMs = status === 429 ? (retryAfterMs ?? DEFAULT_RETRY_AFTER_MS) : retryAfterMs;
  const body = { code, message, retryable, retryAfterMs: waitMs, details };
  const headers = new Headers({ "cache-control": "no-store" });
  if (waitMs !== undefined) headers.set("retry-after", String(Math.ceil(waitMs / 1000)));
  // JSON leaves undefined members out.
  return Response.json({ error: body }, { status, headers });
}
