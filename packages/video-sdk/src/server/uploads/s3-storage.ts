// Files in a bucket of S3, R2 or anything that speaks their protocol: signs addresses, sends nothing. The bucket's own settings
// are the app's: public reading under `publicBaseUrl`, on a domain without cookies; writing by signature only; CORS for the web.
import { AwsV4Signer } from "aws4fetch";
import { VideoError } from "../../errors.ts";
import { settingOf, type Setting } from "../secret-option.ts";
import type { PresignRequest, UploadStorage } from "./upload-storage.ts";

/** A bucket and the key to sign with. */
export interface S3StorageOptions {
  /** Where the API is, such as `https://<account>.r2.cloudflarestorage.com` or `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly bucket: string;
  /** `auto` at R2. */
  readonly region: string;
  /** A key that may put into this bucket and nothing else. Settings may be functions, asked when an address is first needed. */
  readonly accessKeyId: string | undefined | (() => string | undefined);
  readonly secretAccessKey: string | undefined | (() => string | undefined);
  /** Where files can be read, such as `https://cdn.example`. */
  readonly publicBaseUrl: string;
  /** The time to sign with, `20260131T123456Z`. Default: the clock's. */
  readonly signingTime?: () => string;
}

/**
 * Signs `PUT` addresses by AWS Signature Version 4 in the query, for content type and, where it is given, content length. What is
 * not signed here is not limited: keep public listing and overwriting off in the bucket's settings.
 */
export function s3Storage(options: S3StorageOptions): UploadStorage {
  const { endpoint, bucket, publicBaseUrl } = options;
  return {
    presign: async (request) => ({
      uploadUrl: await signPut(`${withoutSlash(endpoint)}/${bucket}/${request.key}`, request, options),
      publicUrl: `${withoutSlash(publicBaseUrl)}/${request.key}`,
    }),
  };
}

async function signPut(
  address: string,
  { key, contentType, contentLength, expiresSeconds }: PresignRequest,
  { region, accessKeyId, secretAccessKey, signingTime }: S3StorageOptions,
): Promise<string> {
  // Keys with other characters would be signed and sent in two spellings.
  const isPlain = /^[\w-][\w./-]*$/.test(key) && !key.split("/").includes("..");
  if (!isPlain) throw new Error(`The key ${key} cannot be signed.`);
  const url = `${address}?X-Amz-Expires=${expiresSeconds}`;
  const length = contentLength === undefined ? {} : { "content-length": String(contentLength) };
  const signer = new AwsV4Signer({
    method: "PUT",
    url,
    service: "s3",
    region,
    accessKeyId: read(accessKeyId, "accessKeyId"),
    secretAccessKey: read(secretAccessKey, "secretAccessKey"),
    headers: { "content-type": contentType, ...length },
    // The two headers are left out of a signature by default.
    allHeaders: true,
    signQuery: true,
    ...(signingTime === undefined ? {} : { datetime: signingTime() }),
  });
  return (await signer.sign()).url.toString();
}

function read(given: Setting, option: string): string {
  const value = settingOf(given);
  if (value !== undefined) return value;
  throw new VideoError("not-configured", {
    message: `The storage's ${option} is not set. Set it on the server and pass it to s3Storage().`,
    details: { setting: option },
  });
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
