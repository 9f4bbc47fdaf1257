// Looks at the first bytes of a file, where the runtime can: what it really is, and how large a picture. Reads no more than that.
import type { LocalFile } from "../ports.ts";
import { isBlob } from "./is-blob.ts";
import { readImageSize } from "./read-image-size.ts";
import { sniffContentType } from "./sniff-content-type.ts";

/** A phone's picture may carry several segments of 64 kB before it says its size. */
const HEAD_BYTES = 262_144;

/** The file as its bytes tell it; as it was where they cannot be looked at or tell nothing. Undefined: it cannot be read any more. */
export async function inspectFile(file: LocalFile): Promise<LocalFile | undefined> {
  const { source } = file;
  // React Native's Blob has no bytes for us; the native side sends it.
  if (!isBlob(source) || typeof source.arrayBuffer !== "function") return file;
  try {
    const head = new Uint8Array(await source.slice(0, HEAD_BYTES).arrayBuffer());
    const contentType = sniffContentType(head) ?? file.contentType;
    return { ...file, contentType, ...readImageSize(contentType, head) };
  } catch {
    return undefined;
  }
}
