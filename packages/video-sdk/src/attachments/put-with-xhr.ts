// A PUT by XMLHttpRequest, which alone tells how much was sent: for browsers and React Native. Does not read the file.
import { VideoError } from "../errors.ts";
import type { LocalFile, PutFile } from "../ports.ts";
import { unsendableUri } from "./unsendable-uri.ts";

/** The part of an XMLHttpRequest that is used. */
export interface XhrLike {
  readonly status: number;
  withCredentials: boolean;
  onload: ((event: never) => unknown) | null;
  onerror: ((event: never) => unknown) | null;
  onabort: ((event: never) => unknown) | null;
  readonly upload: { onprogress: ((event: never) => unknown) | null };
  open(method: string, url: string): void;
  setRequestHeader(name: string, value: string): void;
  send(body: unknown): void;
  abort(): void;
}

/** How it is done. */
export interface PutWithXhrOptions {
  /** Default: the runtime's, looked for when a file is sent. */
  readonly Xhr?: new () => XhrLike;
  /**
   * Whether a body `{ uri }` is streamed from the device by the native side. Default: true on React Native. Elsewhere it would be sent
   * as the text "[object Object]", so it is refused.
   */
  readonly isUriSendable?: boolean;
}

/** Puts files by XMLHttpRequest, with progress. */
export function putWithXhr({ Xhr, isUriSendable }: PutWithXhrOptions = {}): PutFile {
  return ({ uploadUrl, file, signal, onProgress }) =>
    new Promise((resolve, reject) => {
      if ("uri" in file.source && !(isUriSendable ?? isReactNative())) throw unsendableUri();
      if (signal.aborted) throw new VideoError("canceled");
      const xhr = create(Xhr);
      const abort = (): void => xhr.abort();
      const end = (then: () => void) => (): void => {
        signal.removeEventListener("abort", abort);
        then();
      };
      xhr.onload = end(() => resolve({ status: xhr.status }));
      xhr.onerror = end(() => reject(new VideoError("unreachable")));
      xhr.onabort = end(() => reject(new VideoError("canceled")));
      xhr.upload.onprogress = ({ loaded, total, lengthComputable }: ProgressLike) =>
        onProgress({ sentBytes: loaded, totalBytes: lengthComputable ? total : file.byteLength });
      signal.addEventListener("abort", abort);
      xhr.open("PUT", uploadUrl);
      // React Native sends cookies unless told otherwise.
      xhr.withCredentials = false;
      xhr.setRequestHeader("content-type", file.contentType);
      onProgress({ sentBytes: 0, totalBytes: file.byteLength });
      xhr.send(bodyOf(file));
    });
}

function create(Xhr: new () => XhrLike = XMLHttpRequest): XhrLike {
  return new Xhr();
}

interface ProgressLike {
  readonly loaded: number;
  readonly total: number;
  readonly lengthComputable: boolean;
}

/** React Native's convertRequestBody hands such an object on as it is, and the native side opens the file. */
function bodyOf({ source, contentType, fileName = "file" }: LocalFile): unknown {
  return "uri" in source ? { uri: source.uri, type: contentType, name: fileName } : source;
}

/** The sign that React Native gives of itself. */
function isReactNative(): boolean {
  return typeof navigator === "object" && navigator.product === "ReactNative";
}
