// What a handler says of a call that it refuses before its work has begun: codes that promise that nothing was done. Knows no provider.
import { VideoError } from "../errors.ts";
import { readThrown } from "./error-response.ts";
import { readUrl } from "./read-url.ts";

/** Throws `not-configured` for a request that is no web-standard one: then nothing of it can be read. */
export function checkCall(request: unknown): void {
  const { method, url, headers } = Object(request) as Partial<Record<"method" | "url" | "headers", unknown>>; // its fields are checked here
  const isRequest = typeof method === "string" && typeof url === "string" && typeof Object(headers).get === "function";
  if (isRequest && readUrl(url) !== undefined) return;
  throw new VideoError("not-configured", {
    message:
      "This route was not called with a web-standard Request. Pass the Request as it arrived; on other servers, make one with an absolute URL.",
  });
}

/**
 * The error of something that was thrown before the work began. What is unexpected is `not-configured`, because `internal` leaves open whether
 * anything was done.
 */
export function beforeWork(thrown: unknown): VideoError {
  const error = readThrown(thrown);
  if (error.code !== "internal") return error;
  const message = "The server failed before anything was done. Its log has the reason.";
  return new VideoError("not-configured", { message, cause: thrown });
}
