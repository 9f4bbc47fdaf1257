// Copies one file from a URL into a storage, as a stream: never more of it than a chunk is held here. Does not choose what to copy.
import type { Fetch } from "../providers/provider-answer.ts";
import type { UploadStorage } from "../uploads/upload-storage.ts";

/** Why a file was not copied. Never leaves the server. */
export class CopyFailedError extends Error {
  override readonly name = "CopyFailedError";
}

/** What to copy, and where to. */
export interface CopyJob {
  /** Checked by the caller: see `checkPublicUrl`. */
  readonly from: URL;
  /** The key in the storage, without its extension: the file's type decides that. */
  readonly key: string;
  readonly storage: UploadStorage;
  readonly fetch: Fetch;
  /** Bytes. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** How long the address may be used, seconds. The copy is made at once. */
const EXPIRES_SECONDS = 300;

const EXTENSIONS = new Map([
  ["video/mp4", "mp4"],
  ["video/quicktime", "mov"],
  ["video/webm", "webm"],
]);

/** What a host calls a file that it knows nothing about. Then the name decides. */
const UNKNOWN_TYPES = ["application/octet-stream", "binary/octet-stream"];

/** Copies the file and gives back where it can be read now. Throws {@link CopyFailedError} where the file is not as it should be. */
export async function copyToStorage(job: CopyJob): Promise<string> {
  const stop = new AbortController();
  const signal = AbortSignal.any([job.signal, stop.signal]);
  try {
    return await copy({ ...job, signal });
  } finally {
    // Whatever of the source is still on its way is not waited for.
    stop.abort();
  }
}

async function copy({ from, key, storage, fetch, maxBytes, signal }: CopyJob): Promise<string> {
  // A redirect is an answer like any other that is no file: it could lead past the list of allowed hosts.
  const source = await fetch(from, { redirect: "manual", signal });
  if (!source.ok || source.body === null) throw new CopyFailedError(`The source answered with ${source.status}.`);
  const { contentType, extension } = typeOf(source, from);
  const contentLength = contentLengthOf(source, maxBytes);
  const file = { key: `${key}.${extension}`, contentType, contentLength, expiresSeconds: EXPIRES_SECONDS };
  const { uploadUrl, publicUrl } = await storage.presign(file);
  const answer = await fetch(uploadUrl, {
    ...putOf(source.body.pipeThrough(exactly(contentLength)), file),
    redirect: "manual",
    signal,
  });
  if (!answer.ok) throw new CopyFailedError(`The storage answered with ${answer.status}.`);
  return publicUrl;
}

// `duplex` is what makes a stream a body; the types do not know it yet.
function putOf(
  body: ReadableStream,
  file: { contentType: string; contentLength: number },
): RequestInit & { duplex: "half" } {
  const headers = { "content-type": file.contentType, "content-length": String(file.contentLength) };
  return { method: "PUT", body, headers, duplex: "half" };
}

interface VideoType {
  readonly contentType: string;
  readonly extension: string;
}

function typeOf({ headers }: Response, { pathname }: URL): VideoType {
  const named = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const isMp4ByName = UNKNOWN_TYPES.includes(named) && pathname.toLowerCase().endsWith(".mp4");
  const contentType = isMp4ByName ? "video/mp4" : named;
  const extension = EXTENSIONS.get(contentType);
  if (extension === undefined) throw new CopyFailedError("The source is no video.");
  return { contentType, extension };
}

// Storages take no file without its length, and a signature needs it.
function contentLengthOf({ headers }: Response, maxBytes: number): number {
  const length = Number(headers.get("content-length") ?? Number.NaN);
  const isExact = Number.isSafeInteger(length) && length > 0 && headers.get("content-encoding") === null;
  if (!isExact) throw new CopyFailedError("The source does not say how long it is.");
  if (length > maxBytes) throw new CopyFailedError(`The source is larger than ${maxBytes} bytes.`);
  return length;
}

// Lets exactly so many bytes pass, whatever was announced.
function exactly(length: number): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let passed = 0;
  return new TransformStream({
    transform: (chunk, controller) => {
      passed += chunk.byteLength;
      if (passed > length) throw new CopyFailedError("The source is longer than it said.");
      controller.enqueue(chunk);
    },
    flush: () => {
      if (passed < length) throw new CopyFailedError("The source is shorter than it said.");
    },
  });
}
