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
  const decoder = new TextDecoder();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { value } = await reader.read();
    if (!value) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > MAX_BYTES) break;
    text += decoder.decode(value, { stream: true });
  }
  reader.cancel().catch(() => undefined);
  return "";
}
