// The port for storages: returns an address that takes one file. Types only.
import type { Checkable } from "../settings/setting-finding.ts";

/** One file to upload. All of it is signed: the storage refuses another key, type or length. */
export interface PresignRequest {
  /** Path within the storage, such as `u/1f0c/0a3b.png`. Letters, digits, `/`, `-`, `_` and `.` only. */
  readonly key: string;
  readonly contentType: string;
  /** Bytes. Undefined: any length, because a signature cannot set a maximum. */
  readonly contentLength: number | undefined;
  /** How long the address works. */
  readonly expiresSeconds: number;
}

/** Where to upload a file, and where it can be read afterwards. */
export interface PresignedUpload {
  /** Takes one `PUT` with the signed `Content-Type` and, if it is signed, `Content-Length`. */
  readonly uploadUrl: string;
  /** An https URL that the providers can read without a key. */
  readonly publicUrl: string;
}

/** A storage for files that everybody may read. Writing takes an address from here. */
export interface UploadStorage extends Checkable {
  presign(request: PresignRequest): Promise<PresignedUpload>;
}
