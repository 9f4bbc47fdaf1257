// A request's body, as bytes or as JSON, read no further than a limit. Does not know what should be in it.
import { VideoError } from "../errors.ts";
import { openBody } from "./open-body.ts";

/** Reads a body of at most `maxBytes`. Throws `too-large`. */
export async function readBody(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  // A body that announces too large a length is not read at all. A smaller length is not trusted.
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunksOf(request)) {
    length += chunk.byteLength;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return joined(chunks, length);
}

/** A body that was read as JSON. */
export interface JsonBody {
  readonly value: unknown;
  /** Size on the wire, bytes. */
  readonly bytes: number;
}

/** Reads the JSON of a body of at most `maxBytes`. Throws `too-large`, or `invalid-request` when it is not JSON. */
export async function readJsonBody(request: Request, maxBytes: number): Promise<JsonBody> {
  const body = await readBody(request, maxBytes);
  try {
    return { value: JSON.parse(new TextDecoder().decode(body)), bytes: body.byteLength };
  } catch (cause) {
    throw new VideoError("invalid-request", { message: "The body is not JSON. Send one JSON object.", cause });
  }
}

/** The error for a body above a limit in bytes. */
export function tooLarge(maxBytes: number): VideoError {
  return new VideoError("too-large", {
    message: `The body may hold at most ${maxBytes} bytes. Upload files first and send their URLs.`,
    details: { maxBytes },
  });
}

// A reader, because not every runtime can iterate over a stream with `for await`.
async function* chunksOf(request: Request): AsyncGenerator<Uint8Array> {
  const reader = openBody(request);
  if (reader === undefined) return;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
  } finally {
    await reader.cancel();
  }
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}
