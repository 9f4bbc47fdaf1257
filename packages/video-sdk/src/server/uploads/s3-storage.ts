// Files in a bucket of S3, R2 or another service with their protocol. Signs addresses; sends nothing. The app configures the bucket:
// public reading under `publicBaseUrl`, on a domain without cookies; writing by signature only; CORS for the web.
import type { AwsV4Signer } from "aws4fetch";
import { VideoError } from "../../errors.ts";
import { notInstalled } from "../error-response.ts";
import { settingOf, type Setting } from "../secret-option.ts";
import { checkS3Storage } from "./check-s3-storage.ts";
import type { S3StorageOptions } from "./s3-storage-options.ts";
import type { PresignRequest, UploadStorage } from "./upload-storage.ts";

/**
 * Signs `PUT` addresses with AWS Signature Version 4 in the query, for the content type and, where it is given, the content length.
 * What is not signed is not limited: keep public listing and overwriting off in the bucket's settings. Needs the package `aws4fetch`
 * once an address is requested; an error names it when it is missing.
 */
export function s3Storage(options: S3StorageOptions): UploadStorage {
  const { endpoint, bucket, publicBaseUrl } = options;
  return {
    presign: async (request) => {
      const address = `${withoutSlash(read(endpoint, "endpoint"))}/${read(bucket, "bucket")}/${request.key}`;
      const publicUrl = `${withoutSlash(read(publicBaseUrl, "publicBaseUrl"))}/${request.key}`;
      return { uploadUrl: await signPut(address, request, options), publicUrl };
    },
    check: () => checkS3Storage(options),
  };
}

async function signPut(
  address: string,
  { key, contentType, contentLength, expiresSeconds }: PresignRequest,
  { region, accessKeyId, secretAccessKey, signingTime }: S3StorageOptions,
): Promise<string> {
  // Other characters would be encoded one way in the signature and another way in the URL.
  const isPlain = /^[\w-][\w./-]*$/.test(key) && !key.split("/").includes("..");
  if (!isPlain) throw new Error(`The key ${key} cannot be signed.`);
  const url = `${address}?X-Amz-Expires=${expiresSeconds}`;
  const headers = new Headers({ "content-type": contentType });
  if (contentLength !== undefined) headers.set("content-length", String(contentLength));
  const signing = {
    method: "PUT",
    url,
    service: "s3",
    region,
    accessKeyId: read(accessKeyId, "accessKeyId"),
    secretAccessKey: read(secretAccessKey, "secretAccessKey"),
    headers,
    // Signatures leave these two headers out by default.
    allHeaders: true,
    signQuery: true,
  };
  const Signer = await loadSigner();
  const signer = new Signer(signingTime === undefined ? signing : { ...signing, datetime: signingTime() });
  return (await signer.sign()).url.toString();
}

// An optional peer, so loaded when it is first needed. Bundlers take an import within `try` as one that may be missing.
async function loadSigner(): Promise<typeof AwsV4Signer> {
  try {
    return (await import("aws4fetch")).AwsV4Signer;
  } catch (cause) {
    throw notInstalled("aws4fetch", "s3Storage()", cause);
  }
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
