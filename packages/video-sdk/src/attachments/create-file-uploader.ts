// One file to the app's storage: an address from the presign route, then the bytes straight to it, never through the route and never as
// base64. One try; repeating it asks for a new address and is always safe.
import { videoErrorData } from "../errors.ts";
import { createSend, type Http } from "../http/send.ts";
import type { Clock, LocalFile, PutFile } from "../ports.ts";
import type { FileUploader } from "./file-uploader.ts";
import { presign, type PresignBody } from "./presign.ts";
import { putFailure } from "./put-failure.ts";
import { putWithin } from "./put-within.ts";
import { uploadFailure } from "./upload-failure.ts";

/** What uploading needs. */
export interface FileUploaderOptions {
  readonly http: Http;
  readonly clock: Clock;
  /** How bytes are sent here, such as `defaultPut()`. */
  readonly put: PutFile;
  /** Where addresses are given out, relative to the base URL. Default `api/mobile/r2-presign`. */
  readonly presignPath?: string;
  /**
   * True for a presign route that wants `contentLength`, as that of `./server` with `needsContentLength`. Default false: only the
   * content type is said, as the deployed route knows it.
   */
  readonly isLengthSent?: boolean;
}

/** An uploader over a presign route. Does nothing until used. */
export function createFileUploader(options: FileUploaderOptions): FileUploader {
  const { http, clock, put, presignPath = "api/mobile/r2-presign", isLengthSent = false } = options;
  const asking = { send: createSend(http, clock), clock, path: presignPath };
  return {
    async upload(file, { signal, onProgress }) {
      const address = await presign(bodyOf(file, isLengthSent), signal, asking);
      if (signal.aborted) return CANCELED;
      if (!address.ok) return address;
      const { uploadUrl, publicUrl } = address.value;
      const answer = await putWithin({ put, uploadUrl, file, clock, signal, onProgress });
      if (signal.aborted) return CANCELED;
      const error = "error" in answer ? answer.error : putFailure(answer.status);
      return error === undefined ? { ok: true, value: publicUrl } : uploadFailure(error);
    },
  };
}

const CANCELED = uploadFailure(videoErrorData("canceled"));

function bodyOf({ contentType, byteLength }: LocalFile, isLengthSent: boolean): PresignBody {
  return { contentType, ...(isLengthSent && byteLength !== undefined ? { contentLength: byteLength } : {}) };
}
