// A request's body, as bytes or as JSON, read no further than a limit. Does not know what should be in it.
import { VideoError } from "../errors.ts";
import { isSmallOutside } from "./json-size.ts";
import { openBody, type BodyReader } from "./open-body.ts";
import type { WaitFor } from "./wait-limits.ts";

/** How much is read, and for how long. */
export interface BodyLimits {
  /** Bytes, without the value of a `longMember`. */
  readonly maxBytes: number;
  /** A member whose text may be long, and the most bytes of the whole body then. */
  readonly longMember?: { readonly name: string; readonly maxBytes: number } | undefined;
  readonly waitFor: WaitFor;
}

/** Reads a body of at most `maxBytes`. Throws `too-large`, and `provider-unavailable` when it does not arrive in time. */
export async function readBody(
  request: Request,
  { maxBytes, waitFor }: Omit<BodyLimits, "longMember">,
): Promise<Uint8Array<ArrayBuffer>> {
  // A body that announces too large a length is not read at all. A smaller length is not trusted.
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw tooLarge(maxBytes);
  const reader = openBody(request);
  if (reader === undefined) return new Uint8Array();
  try {
    return await waitFor("body", async () => await readAll(reader, maxBytes));
  } finally {
    // Not waited for: the sender of a body without an end need not take note of it either.
    reader.cancel().catch(() => undefined);
  }
}

/** Reads the JSON of a body. Throws as {@link readBody}, and `invalid-request` when it is not JSON. Too large a body is never parsed. */
export async function readJsonBody(request: Request, { maxBytes, longMember, waitFor }: BodyLimits): Promise<unknown> {
  const body = await readBody(request, { maxBytes: longMember?.maxBytes ?? maxBytes, waitFor });
  const isSmall = longMember === undefined || isSmallOutside(body, { name: longMember.name, maxOtherBytes: maxBytes });
  if (!isSmall) throw tooLarge(maxBytes);
  try {
    return JSON.parse(DECODER.decode(body));
  } catch (cause) {
    throw new VideoError("invalid-request", { message: "The body is not JSON. Send one JSON object.", cause });
  }
}

const DECODER = /* @__PURE__ */ new TextDecoder();

function tooLarge(maxBytes: number): VideoError {
  return new VideoError("too-large", {
    message: `The body may hold at most ${maxBytes} bytes. Upload files first and send their URLs.`,
    details: { maxBytes },
  });
}

// A reader, because not every runtime can iterate over a stream with `for await`.
async function readAll(reader: BodyReader, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.byteLength;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(part.value);
  }
  return joined(chunks, length);
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
