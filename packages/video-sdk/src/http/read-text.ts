// The text of an answer, of at most 1 MB: what is longer is no answer of our routes, and could be endless. Does not know what it says.
import type { HttpResponse } from "./fetch-request.ts";

const MAX_BYTES = 1_000_000;

/** The text; empty for an answer above 1 MB, whose rest is not read. Where the runtime gives no stream, only its announced length counts. */
export async function readText(response: HttpResponse): Promise<string> {
  if (Number(response.headers.get("content-length")) > MAX_BYTES) return "";
  // React Native has neither streams nor a decoder.
  const { TextDecoder } = globalThis as { TextDecoder?: typeof globalThis.TextDecoder };
  const reader = TextDecoder && response.body?.getReader?.();
  if (!reader) return await response.text();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { value } = await reader.read();
    if (!value) return decoded(parts, TextDecoder);
    bytes += value.byteLength;
    if (bytes > MAX_BYTES) break;
    parts.push(value);
  }
  reader.cancel().catch(() => undefined);
  return "";
}

/** Made once, because it costs more than most answers. Parts are decoded in one go, so that no two answers share its state. */
let decoder: Pick<TextDecoder, "decode"> | undefined;

function decoded(parts: readonly Uint8Array[], Decoder: typeof globalThis.TextDecoder): string {
  decoder ??= new Decoder();
  const [only] = parts;
  if (only !== undefined && parts.length === 1) return decoder.decode(only);
  const text = parts.map((part) => decoder?.decode(part, { stream: true })).join("");
  return text + decoder.decode();
}
