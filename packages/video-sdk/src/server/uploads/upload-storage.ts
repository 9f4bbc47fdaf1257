// Where uploads go, as the routes need it: an address that one file may be put to. Knows no storage product.

/** One file that is to be put. Everything in it is signed: another key, type or length is refused by the storage. */
export interface PresignRequest {
  /** Path within the storage, such as `u/1f0c/0a3b.png`. Letters, digits, `/`, `-`, `_` and `.` only. */
  readonly key: string;
  readonly contentType: string;
  /** Bytes. Undefined: any length, as the storage cannot be told a greatest one. */
  readonly contentLength: number | undefined;
  /** How long the address works. */
  readonly expiresSeconds: number;
}

/** Where to put a file, and where it can be read afterwards. */
export interface PresignedUpload {
  /** Takes one `PUT` with the signed `Content-Type` and, where one is signed, `Content-Length`. */
  readonly uploadUrl: string;
  /** A https URL that the providers can read without a key. */
  readonly publicUrl: string;
}

/** A storage for files that anybody may read and only a holder of an address may put. */
export interface UploadStorage {
  presign(request: PresignRequest): Promise<PresignedUpload>;
}
