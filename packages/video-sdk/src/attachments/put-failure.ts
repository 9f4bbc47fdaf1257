// What a storage's answer to a PUT means for the next try, which asks for an address of its own.
import { videoErrorData, type VideoErrorData } from "../errors.ts";

/**
 * Statuses that another try may not meet again: 401 and 403 of an address that was too old, 400 and 408 of a connection that was too
 * slow (S3 says 400), 409 of another writer, what asks for patience, and 0 of a runtime that has none to tell.
 */
const PASSING: ReadonlySet<number> = new Set([0, 400, 401, 403, 408, 409, 425, 429]);

/** The failure in a status; undefined for 2xx. The status is in `details.status`. */
export function putFailure(status: number): VideoErrorData | undefined {
  if (status >= 200 && status < 300) return undefined;
  const details = { status };
  if (status === 413) return videoErrorData("too-large", { message: TOO_LARGE, details });
  const retryable = status >= 500 || PASSING.has(status);
  return videoErrorData("upload-failed", {
    message: `The storage refused the file with status ${status}.`,
    retryable,
    details,
  });
}

const TOO_LARGE = "The storage takes no file as large as this one. Make it smaller.";
