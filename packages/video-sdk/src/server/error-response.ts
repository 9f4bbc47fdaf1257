// An error as a route's answer, and the errors that several routes throw. Knows the error table; decides nothing.
import {
  isVideoErrorCode,
  toVideoError,
  VIDEO_ERRORS,
  VideoError,
  videoErrorData,
  type VideoErrorData,
} from "../errors.ts";

/** What a 429 asks the caller to wait when the error gives no time, milliseconds. */
const DEFAULT_RETRY_AFTER_MS = 10_000;

/**
 * What the caller is told. `not-configured` with details is about a setting, a package or an account of the server: which one is for its owner,
 * and the event says it.
 */
export function toldToCaller(data: VideoErrorData): VideoErrorData {
  const isForOwner = data.code === "not-configured" && data.details !== undefined;
  return isForOwner ? videoErrorData(data.code, { retryable: data.retryable }) : data;
}

/** `{ error: { code, message, retryable, retryAfterMs?, details? } }` with the table's status; a 429 carries `Retry-After`. Never throws. */
export function toErrorResponse(error: VideoError): Response {
  const { code, message, retryable, retryAfterMs, details } = toldToCaller(toErrorData(error));
  const status = VIDEO_ERRORS[code].httpStatus;
  const waitMs = status === 429 ? (retryAfterMs ?? DEFAULT_RETRY_AFTER_MS) : retryAfterMs;
  const body = { code, message, retryable, retryAfterMs: waitMs, details };
  const headers = new Headers({ "cache-control": "no-store" });
  if (waitMs !== undefined) headers.set("retry-after", String(Math.ceil(waitMs / 1000)));
  // JSON leaves undefined members out.
  return Response.json({ error: body }, { status, headers });
}

/** Anything that was thrown as an error whose code this copy of the package knows; `internal` for all else. Never throws. */
export function readThrown(thrown: unknown): VideoError {
  try {
    const error = toVideoError(thrown);
    if (isVideoErrorCode(error.code)) return error;
  } catch {
    // Whatever throws when it is looked at is none of ours.
  }
  return new VideoError("internal", { cause: thrown });
}

/** An error as data that JSON can hold; details that it cannot hold, such as a BigInt or a cycle, are left out. Never throws. */
export function toErrorData(error: VideoError): VideoErrorData {
  try {
    const { code, message, retryable, retryAfterMs, details } = error;
    const row = VIDEO_ERRORS[code];
    return videoErrorData(code, {
      message: typeof message === "string" ? message : row.message,
      retryable: typeof retryable === "boolean" ? retryable : row.retryable,
      retryAfterMs: Number.isFinite(retryAfterMs) ? retryAfterMs : undefined,
      details: writableDetails(details),
    });
  } catch {
    return videoErrorData("internal");
  }
}

function writableDetails(details: VideoErrorData["details"]): VideoErrorData["details"] {
  try {
    JSON.stringify(details);
    return details;
  } catch {
    return undefined;
  }
}

/** `invalid-request` about one field; an empty `path` stands for the request as a whole. */
export function invalidField(path: string, message: string, cause?: unknown): VideoError {
  return new VideoError("invalid-request", { message, details: { issues: [{ path, message }] }, cause });
}

/** `not-configured`, naming an optional package that cannot be loaded, what needs it, and how to install it. */
export function notInstalled(name: string, neededBy: string, cause: unknown): VideoError {
  return new VideoError("not-configured", {
    message: `${neededBy} needs the package ${name}, which cannot be loaded. Install it on the server: npm install ${name}`,
    details: { package: name },
    cause,
  });
}

/** `not-configured`, naming the option of `createVideoRoutes` that a route needs. */
export function notSetUp(option: "uploads" | "firstFrames" | "webhooks"): VideoError {
  return new VideoError("not-configured", {
    message: `This route is not set up on this server. Pass \`${option}\` to createVideoRoutes.`,
    details: { setting: option },
  });
}
