// A Blob, a File or a picker's asset in one shape, with its type by what it says of itself. Reads no byte of it.
import type { LocalFile } from "../file-ports.ts";
import { isBlob, isNativeAsset, type NativeAsset } from "./attachment.ts";

/** URIs that only the page that made them can read, and bytes written as text: an uploader cannot stream from them. */
const NO_FILE = /^(?:blob|data):/i;

/** The content type of a file that says none. */
export const UNKNOWN_TYPE = "application/octet-stream";

/** Content types by the ending of a name. Types that are not accepted are here too, so that a refusal can name them. */
const TYPE_OF_ENDING: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  webp: "image/webp",
  gif: "image/gif",
  heic: "image/heic",
  heif: "image/heif",
  avif: "image/avif",
  mp4: "video/mp4",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  wav: "audio/wav",
};

/** The file in a value; undefined where it holds none that could be sent. */
export function toLocalFile(source: unknown): LocalFile | undefined {
  // Asked first: expo's File is both, and is streamed from the disk by its uri.
  if (isNativeAsset(source)) return ofAsset(source);
  return isBlob(source) ? ofBlob(source) : undefined;
}

function ofBlob(blob: Blob): LocalFile {
  const fileName = "name" in blob && typeof blob.name === "string" ? blob.name : undefined;
  return { contentType: contentTypeOf([blob.type], [fileName]), byteLength: blob.size, fileName, source: blob };
}

function ofAsset(asset: NativeAsset): LocalFile | undefined {
  const { uri, file } = asset;
  if (isBlob(file))
    return { ...ofBlob(file), contentType: typeOf(asset, file.type), ...sizeOf(asset), ...lengthOf(asset) };
  if (NO_FILE.test(uri)) return undefined;
  return {
    contentType: typeOf(asset),
    byteLength: positive(asset.fileSize) ?? positive(asset.size),
    fileName: asset.fileName ?? asset.name ?? undefined,
    ...sizeOf(asset),
    ...lengthOf(asset),
    source: { uri },
  };
}

function typeOf({ mimeType, type, fileName, name, uri }: NativeAsset, ofFile?: string): string {
  return contentTypeOf([ofFile, mimeType, type], [fileName, name, uri]);
}

/** Only both sides make a size: one alone cannot be held against a ratio. */
function sizeOf(asset: NativeAsset): Pick<LocalFile, "width" | "height"> {
  const width = positive(asset.width);
  const height = positive(asset.height);
  return width === undefined || height === undefined ? {} : { width, height };
}

/** Pickers say it in milliseconds. */
function lengthOf({ duration }: NativeAsset): Pick<LocalFile, "seconds"> {
  const ms = positive(duration);
  return ms === undefined ? {} : { seconds: ms / 1_000 };
}

/** Pickers give 0 where the system did not tell them. */
function positive(number: unknown): number | undefined {
  return typeof number === "number" && number > 0 ? number : undefined;
}

/** The first MIME type in `types`, else the type of the first name with a known ending, else {@link UNKNOWN_TYPE}. */
export function contentTypeOf(types: readonly unknown[], names: readonly unknown[]): string {
  const said = types.map(mimeTypeIn).filter((type) => type !== UNKNOWN_TYPE);
  const byName = names.map(typeByEnding);
  return [...said, ...byName].find((type) => type !== undefined) ?? UNKNOWN_TYPE;
}

function mimeTypeIn(said: unknown): string | undefined {
  if (typeof said !== "string") return undefined;
  const type = /^[a-z]+\/[a-z0-9.+-]+/i.exec(said.trim())?.[0].toLowerCase();
  // Not a registered type, but some pickers use it.
  return type === "image/jpg" ? "image/jpeg" : type;
}

function typeByEnding(name: unknown): string | undefined {
  if (typeof name !== "string") return undefined;
  const ending = /\.([a-z0-9]+)(?:[?#].*)?$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  return Object.hasOwn(TYPE_OF_ENDING, ending) ? TYPE_OF_ENDING[ending] : undefined;
}
