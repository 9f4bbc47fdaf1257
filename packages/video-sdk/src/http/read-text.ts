// The text of an answer, of at most 1 MB: what is longer is no answer of our routes, and could be endless. Does not know what it says.
import type { HttpResponse } from "./fetch-request.ts";

const MAX_BYTES = 1_000_000;

/** The text; empty for an answer above 1 MB, whose rest is not read. Where the runtime gives no stream, only its announced length counts. */
export async function readText(response: HttpResponse): Promise<string> {
  if (Number(response.headers.get("content-length")) > MAX_BYTES) return "";
  // A copy is counted before the text is taken: React Native has neither streams nor a decoder of text.
  const copy = response.body?.getReader === undefined ? undefined : response.clone?.().body;
  const reader = copy?.getReader?.();
  for (let bytes = 0; reader !== undefined;) {
    const { value } = await reader.read();
    if (value === undefined) break;
    bytes += value.byteLength;
    if (bytes <= MAX_BYTES) continue;
    // The connection is let go once both are canceled.
    for (const half of [reader, response.body]) half?.cancel?.().catch(() => undefined);
    return "";
  }
  return await response.text();
}
