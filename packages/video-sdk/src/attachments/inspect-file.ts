// Finds out what a file really is, and how large a picture, from its first bytes, where the runtime can read them. Reads no more than that.
import type { LocalFile } from "../file-ports.ts";
import { isBlob } from "./attachment.ts";

/** A phone's picture may carry several segments of 64 kB before its size. */
const HEAD_BYTES = 262_144;

/** The file with what its bytes say; unchanged where they cannot be read here or say nothing. Rejects where it cannot be read any more. */
export async function inspectFile(file: LocalFile): Promise<LocalFile> {
  const { source } = file;
  // React Native's Blob keeps its bytes on the native side, which sends them.
  if (!isBlob(source) || typeof source.arrayBuffer !== "function") return file;
  const head = new Uint8Array(await source.slice(0, HEAD_BYTES).arrayBuffer());
  const contentType = sniffContentType(head) ?? file.contentType;
  return { ...file, contentType, ...readImageSize(contentType, head) };
}

/** The MIME type of a file by its first bytes, also of types that are not accepted; undefined where it is not known. */
export function sniffContentType(head: Uint8Array): string | undefined {
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return "image/jpeg";
  const text = String.fromCharCode(...head.subarray(0, 12));
  if (text.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (text.startsWith("GIF8")) return "image/gif";
  if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) return "image/webp";
  return text.startsWith("ftyp", 4) ? typeOfBrand(text.slice(8, 12)) : undefined;
}

/** The types of the MP4 family, to which the pictures of iPhones belong. */
function typeOfBrand(brand: string): string {
  if (brand === "qt  ") return "video/quicktime";
  if (brand.startsWith("avi")) return "image/avif";
  return /^(?:hei|hev|mif1|msf1)/.test(brand) ? "image/heic" : "video/mp4";
}

/** Width and height in pixels. */
interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * The size of a PNG, JPEG or WebP, without decoding it; undefined where the bytes end too soon or are no such picture. Never throws. A
 * JPEG's rotation is ignored: the limits are the same for width and height.
 */
export function readImageSize(contentType: string, head: Uint8Array): ImageSize | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const size = READERS[contentType]?.(view);
  return size !== undefined && size.width > 0 && size.height > 0 ? size : undefined;
}

const READERS: Readonly<Record<string, (view: DataView) => ImageSize | undefined>> = {
  "image/png": (view) => (view.byteLength < 24 ? undefined : { width: view.getUint32(16), height: view.getUint32(20) }),
  "image/jpeg": readJpeg,
  "image/webp": readWebp,
};

/** Follows the segments to the one that starts a frame. */
function readJpeg(view: DataView): ImageSize | undefined {
  let at = 2;
  while (at + 9 <= view.byteLength && view.getUint8(at) === 0xff) {
    const marker = view.getUint8(at + 1);
    if (isFrame(marker)) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    // Any number of filling bytes may precede a marker.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return undefined;
}

/** SOF0 to SOF15. Three numbers between them are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The first chunk is lossy, lossless or extended, and each has the size in another place. */
function readWebp(view: DataView): ImageSize | undefined {
  if (view.byteLength < 30) return undefined;
  switch (String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15))) {
    case "VP8 ":
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    case "VP8L": {
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case "VP8X":
      return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 };
    default:
      return undefined;
  }
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
}
