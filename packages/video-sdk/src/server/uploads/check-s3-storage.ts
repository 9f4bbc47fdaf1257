// What is wrong with the settings of a bucket. Sends nothing.
import { checkKey, checkUrl } from "../settings/check-setting.ts";
import type { Fault, SettingFinding } from "../settings/setting-finding.ts";
import type { S3StorageOptions } from "./s3-storage-options.ts";

const MISSING: Fault = { what: "is not set", fix: "Set it, or leave the storage out" };

/** Checks the form of every setting of a bucket. */
export function checkS3Storage(options: S3StorageOptions): readonly SettingFinding[] {
  const named = (name: keyof S3StorageOptions, setting?: string) => ({
    option: `s3Storage.${name}`,
    setting,
    missing: MISSING,
  });
  return [
    ...checkUrl(options.endpoint, { ...named("endpoint"), isLocalFine: true, fault: endpointFault }),
    ...checkKey(options.bucket, { ...named("bucket", "R2_BUCKET"), fault: bucketFault }),
    ...checkKey(options.region, named("region")),
    ...checkKey(options.accessKeyId, named("accessKeyId", "R2_ACCESS_KEY_ID")),
    ...checkKey(options.secretAccessKey, named("secretAccessKey", "R2_SECRET_ACCESS_KEY")),
    ...checkUrl(options.publicBaseUrl, { ...named("publicBaseUrl", "R2_PUBLIC_URL"), isLocalFine: true }),
  ];
}

// R2 shows its address with the bucket at its end, and we put the bucket there.
function endpointFault(value: string): Fault | undefined {
  if (/^https?:\/\/[^/]+\/?$/.test(value)) return undefined;
  return { what: "has a path", fix: "Set the address of the API alone, without the bucket" };
}

function bucketFault(value: string): Fault | undefined {
  if (/^[a-z0-9][a-z0-9.-]{1,62}$/i.test(value)) return undefined;
  return { what: "is no name of a bucket", fix: "Set the name alone, without a slash or an address" };
}
