// Copies one file from a URL into a storage, as a stream: this process holds one chunk at a time. Does not choose what to copy.
import { withLinked } from "../link-signals.ts";
import { retryAfterMsIn, type Fetch } from "../providers/provider-answer.ts";
import { isTransientStatus, type ReadFailure } from "../retry-read.ts";
import type { UploadStorage } from "../uploads/upload-storage.ts";
import { openDataVideo, type DataVideo } from "./data-video.ts";

/** Why a file was not copied. Stays on the server. */
export class CopyFailedError extends Error implements ReadFailure {
  override readonly name = "CopyFailedError";
  /** Whether another attempt may succeed. False: the file, its address or the storage's settings are not as they should be. */
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;

  constructor(message: string, options: Partial<ReadFailure> & { readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
  }
}

/** What to copy, and where. */
export interface CopyJob {
  /** A URL that the caller has checked with `checkPublicUrl`, or the video itself. */
  readonly from: URL | DataVideo;
  /** The key in the storage, without its extension, which comes from the file's type. */
  readonly key: string;
  readonly storage: UploadStorage;
  readonly fetch: Fetch;
  /** Bytes. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/** How long the upload address works, seconds. The copy is made at once. */
const EXPIRES_SECONDS = 300;

const EXTENSIONS = new Map([
  ["video/mp4", "mp4"],
  ["video/quicktime", "mov"],
  ["video/webm", "webm"],
]);

/** Types that hosts send for unknown files. The file's name decides then. */
const UNKNOWN_TYPES = ["application/octet-stream", "binary/octet-stream"];

/** Copies the file and returns its new URL. Throws {@link CopyFailedError}. May be repeated: the copy goes to the same key. */
export async function copyToStorage(job: CopyJob): Promise<string> {
  // Linked, so that the download of what is not needed is cut at the end.
  return await withLinked([job.signal], async (signal) => await copy({ ...job, signal }));
}

async function copy({ from, key, storage, fetch, maxBytes, signal }: CopyJob): Promise<string> {
  // A redirect is refused like every answer that is no file: it could lead past the list of allowed hosts.
  const source = await (from instanceof URL ? fetch(from, { redirect: "manual", signal }) : openDataVideo(from)).catch(
    (cause: unknown) => {
      throw new CopyFailedError("The source cannot be reached.", { retryable: true, cause });
    },
  );
  if (!source.ok || source.body === null) throw answeredBy("source", source);
  const { contentType, extension } = typeOf(source, from instanceof URL ? from.pathname : "");
  const contentLength = contentLengthOf(source, maxBytes);
  const file = { key: `${key}.${extension}`, contentType, contentLength, expiresSeconds: EXPIRES_SECONDS };
  const { uploadUrl, publicUrl } = await storage.presign(file);
  const counted = countBytes(contentLength);
  const put = putOf(source.body.pipeThrough(counted.stream), file);
  const answer = await fetch(uploadUrl, { ...put, redirect: "manual", signal }).catch((cause: unknown) => {
    throw counted.failure() ?? new CopyFailedError("The copy broke off.", { retryable: true, cause });
  });
  if (!answer.ok) throw answeredBy("storage", answer);
  return publicUrl;
}

function answeredBy(who: "source" | "storage", { status, headers }: Response): CopyFailedError {
  const retryAfterMs = retryAfterMsIn(headers);
  return new CopyFailedError(`The ${who} answered with ${status}.`, {
    retryable: isTransientStatus(status),
    retryAfterMs,
  });
}

// A stream as body needs `duplex`, which the types do not know yet.
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

function typeOf({ headers }: Response, pathname: string): VideoType {
  const named = (headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  const isMp4ByName = UNKNOWN_TYPES.includes(named) && pathname.toLowerCase().endsWith(".mp4");
  const contentType = isMp4ByName ? "video/mp4" : named;
  const extension = EXTENSIONS.get(contentType);
  if (extension === undefined) throw new CopyFailedError("The source is no video.");
  return { contentType, extension };
}

// Storages accept no file without its length, and the signature covers it.
function contentLengthOf({ headers }: Response, maxBytes: number): number {
  const length = Number(headers.get("content-length") ?? Number.NaN);
  const isExact = Number.isSafeInteger(length) && length > 0 && headers.get("content-encoding") === null;
  if (!isExact) throw new CopyFailedError("The source does not say how long it is.");
  if (length > maxBytes) throw new CopyFailedError(`The source is larger than ${maxBytes} bytes.`);
  return length;
}

interface CountedStream {
  readonly stream: TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>;
  /** Why the stream has failed. Runtimes differ in how they report it through `fetch`. */
  readonly failure: () => CopyFailedError | undefined;
}

// Lets exactly so many bytes pass, and fails with more or fewer.
function countBytes(length: number): CountedStream {
  let passed = 0;
  let failure: CopyFailedError | undefined;
  const stream = new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
    transform: (chunk, controller) => {
      passed += chunk.byteLength;
      if (passed > length) throw (failure = new CopyFailedError("The source is longer than it said."));
      controller.enqueue(chunk);
    },
    flush: () => {
      // A connection that was cut can look like an end.
      if (passed < length)
        throw (failure = new CopyFailedError("The source is shorter than it said.", { retryable: true }));
    },
  });
  return { stream, failure: () => failure };
}
