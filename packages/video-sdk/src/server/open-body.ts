// Opens the body of a request, with errors that say for certain that the route has done nothing. Does not read it.
import { VideoError } from "../errors.ts";

/** The part of a stream's reader that is used. */
export type BodyReader = Pick<ReadableStreamDefaultReader<Uint8Array>, "read" | "cancel">;

/**
 * The reader of a body; undefined where there is none. Throws `not-configured` for a body that was read before; its `read` throws
 * `provider-unavailable` for one that breaks off.
 */
export function openBody({ body, bodyUsed }: Request): BodyReader | undefined {
  if (bodyUsed) throw alreadyRead();
  const reader = readerOf(body);
  if (reader === undefined) return undefined;
  return {
    read: () =>
      reader.read().catch((cause: unknown) => {
        const message = "The body could not be read to its end. Send the request again.";
        throw new VideoError("provider-unavailable", { message, cause });
      }),
    // A body that broke off cannot be canceled.
    cancel: () => reader.cancel().catch(() => undefined),
  };
}

function readerOf(body: Request["body"]): ReadableStreamDefaultReader<Uint8Array> | undefined {
  try {
    return body?.getReader();
  } catch (cause) {
    // Something else is reading it.
    throw alreadyRead(cause);
  }
}

function alreadyRead(cause?: unknown): VideoError {
  return new VideoError("not-configured", {
    message:
      "The body of this request was read before the route got it. Pass the Request as it arrived, or a clone of it.",
    cause,
  });
}
