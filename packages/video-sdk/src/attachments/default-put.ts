// The ways to PUT a file: XMLHttpRequest, which alone reports progress, in browsers and React Native, and fetch in the other runtimes.
import { fromVideoErrorData, VideoError } from "../errors.ts";
import type { LocalFile, PutFile } from "../file-ports.ts";
import type { Fetch } from "../http/fetch-request.ts";
import type { Http } from "../http/send.ts";
import { unsendableFile } from "./upload-failure.ts";

/** Puts files by XMLHttpRequest where there is one, else by fetch: this one, or the runtime's. Decides when a file is sent. */
export function defaultPut(fetchFile?: Fetch): PutFile {
  const byXhr = putWithXhr();
  const byFetch = putWithFetch(fetchFile);
  return (input) => (typeof XMLHttpRequest === "function" ? byXhr : byFetch)(input);
}

/** The part of an XMLHttpRequest that is used. */
export interface XhrLike {
  readonly status: number;
  withCredentials: boolean;
  onload: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
  onabort: ((event: never) => unknown) | null;
  ontimeout: ((event: never) => unknown) | null;
  onloadend: ((event: never) => unknown) | null;
  /** After an error, React Native has the system's own words here. */
  readonly responseText?: unknown;
  readonly upload: { onprogress: ((event: never) => unknown) | null };
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: unknown): void;
  abort(): void;
}

/** How files are put by XMLHttpRequest. */
export interface PutWithXhrOptions {
  /** Default: the runtime's, looked up when a file is sent. */
  readonly Xhr?: (new () => XhrLike) | undefined;
  /**
   * Whether the native side streams a body `{ uri }` from the device. Default: true on React Native. Other runtimes would send it as the
   * text "[object Object]", so it is refused there.
   */
  readonly isUriSendable?: boolean | undefined;
}

/** Puts files by XMLHttpRequest, with progress. Does not read the file. */
export function putWithXhr({ Xhr, isUriSendable }: PutWithXhrOptions = {}): PutFile {
  return async ({ uploadUrl, file, signal, onProgress }) => {
    if ("uri" in file.source && !(isUriSendable ?? isReactNative())) throw unsendableUri();
    if (signal.aborted) throw new VideoError("canceled");
    const xhr = create(Xhr);
    const abort = (): void => xhr.abort();
    signal.addEventListener("abort", abort);
    try {
      const ended = endOf(xhr);
      xhr.upload.onprogress = ({ loaded, total, lengthComputable }: ProgressLike) =>
        onProgress({ sentBytes: loaded, totalBytes: lengthComputable ? total : file.byteLength });
      xhr.open("PUT", uploadUrl);
      // React Native sends cookies unless this is false.
      xhr.withCredentials = false;
      xhr.setRequestHeader("content-type", file.contentType);
      onProgress({ sentBytes: 0, totalBytes: file.byteLength });
      xhr.send(bodyOf(file));
      return await ended;
    } finally {
      signal.removeEventListener("abort", abort);
    }
  };
}

/** Each way in which a request can end. The first one counts: `loadend` follows the others, or stands alone in runtimes that forget them. */
function endOf(xhr: XhrLike): Promise<{ status: number }> {
  return new Promise((resolve, reject) => {
    const fail = (): void => reject(new VideoError("unreachable", { cause: new Error(String(xhr.responseText)) }));
    xhr.onload = () => resolve({ status: xhr.status });
    xhr.onerror = fail;
    xhr.ontimeout = fail;
    xhr.onabort = () => reject(new VideoError("canceled"));
    xhr.onloadend = () => (xhr.status === 0 ? fail() : resolve({ status: xhr.status }));
  });
}

/** Puts files by fetch, without progress. Streams where the runtime does. Default: the runtime's fetch, looked up when a file is sent. */
export function putWithFetch(fetchFile?: Fetch): PutFile {
  return async ({ uploadUrl, file, signal }) => {
    const { source, contentType } = file;
    if ("uri" in source) throw unsendableUri();
    const send = fetchFile ?? fetch;
    const response = await send(uploadUrl, {
      method: "PUT",
      body: source,
      signal,
      headers: { "content-type": contentType },
    });
    // In Node an unread body keeps its connection open. Whether the file is there is said by the status, whatever becomes of the rest.
    response.text().catch(() => undefined);
    return { status: response.status };
  };
}

function create(Xhr: new () => XhrLike = XMLHttpRequest): XhrLike {
  return new Xhr();
}

interface ProgressLike {
  readonly loaded: number;
  readonly total: number;
  readonly lengthComputable: boolean;
}

/** React Native's convertRequestBody passes such an object on unchanged, and the native side opens the file. */
function bodyOf({ source, contentType, fileName = "file" }: LocalFile): unknown {
  return "uri" in source ? { uri: source.uri, type: contentType, name: fileName } : source;
}

/** React Native sets this product name. */
function isReactNative(): boolean {
  return typeof navigator === "object" && navigator.product === "ReactNative";
}

function unsendableUri(): VideoError {
  return fromVideoErrorData(unsendableFile("no-put-for-uri"));
}

/**
 * Sends files that have a `uri` by the platform's own way, where it has one, and everything else by {@link defaultPut}, with the fetch that the
 * routes are called by. A ky instance is never used: its hooks add the user's token, which the storage must not get.
 */
export function putBy(native: PutFile | undefined, http: Http | undefined): PutFile {
  const otherwise = defaultPut(typeof http === "object" ? http.fetch : undefined);
  return (input) => (native !== undefined && "uri" in input.file.source ? native(input) : otherwise(input));
}
