// A Blob, a File or a picker's asset as one shape. Reads no byte of it.
import type { LocalFile } from "../ports.ts";
import type { NativeAsset } from "./attachment.ts";
import { contentTypeOf } from "./content-type-of.ts";
import { isBlob } from "./is-blob.ts";
import { isNativeAsset } from "./is-native-asset.ts";

/** Places that only the page knows that made them, and bytes written out as text: nothing to stream from. */
const NO_FILE = /^(?:blob|data):/i;

/** The file in a value; undefined where there is none that could be sent. Its type is `application/octet-stream` where nobody says it. */
export function toLocalFile(source: unknown): LocalFile | undefined {
  // Asked first: expo's File is both, and is streamed from disk by its uri.
  if (isNativeAsset(source)) return ofAsset(source);
  return isBlob(source) ? ofBlob(source) : undefined;
}

function ofBlob(blob: Blob): LocalFile {
  const fileName = "name" in blob && typeof blob.name === "string" ? blob.name : undefined;
  return { contentType: contentTypeOf([blob.type], [fileName]), byteLength: blob.size, fileName, source: blob };
}

function ofAsset(asset: NativeAsset): LocalFile | undefined {
  const { uri, file } = asset;
  const width = positive(asset.width);
  const height = positive(asset.height);
  if (isBlob(file)) {
    const inside = ofBlob(file);
    return { ...inside, contentType: typeOf(asset, file.type), ...sized(width, height) };
  }
  if (NO_FILE.test(uri)) return undefined;
  return {
    contentType: typeOf(asset),
    byteLength: positive(asset.fileSize) ?? positive(asset.size),
    fileName: asset.fileName ?? asset.name ?? undefined,
    ...sized(width, height),
    source: { uri },
  };
}

function typeOf({ mimeType, type, fileName, name, uri }: NativeAsset, ofFile?: string): string {
  return contentTypeOf([ofFile, mimeType, type], [fileName, name, uri]);
}

/** Pickers say 0 where the system did not tell them. */
function positive(number: unknown): number | undefined {
  return typeof number === "number" && number > 0 ? number : undefined;
}

function sized(width: number | undefined, height: number | undefined): Pick<LocalFile, "width" | "height"> {
  return width === undefined || height === undefined ? {} : { width, height };
}
