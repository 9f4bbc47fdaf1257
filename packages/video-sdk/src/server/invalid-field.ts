// The error for one field of a request. Knows no field.
import { VideoError } from "../errors.ts";

/** `invalid-request` about a field; an empty `path` stands for the request as a whole. */
export function invalidField(path: string, message: string, cause?: unknown): VideoError {
  return new VideoError("invalid-request", { message, details: { issues: [{ path, message }] }, cause });
}
