// The settings of a bucket. Types only.
import type { Setting } from "../secret-option.ts";

/** A bucket and the key to sign with. */
export interface S3StorageOptions {
  /** Like each setting here, a text or a function that is called for each address. The address of the API, such as `https://<account>.r2.cloudflarestorage.com` or `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: Setting;
  readonly bucket: Setting;
  /** `auto` at R2. */
  readonly region: string;
  /** A key that may write into this bucket and nothing else. */
  readonly accessKeyId: Setting;
  readonly secretAccessKey: Setting;
  /** Where files can be read, such as `https://cdn.example`. */
  readonly publicBaseUrl: Setting;
  /** The time to sign with, `20260131T123456Z`. Default: the current time. */
  readonly signingTime?: (() => string) | undefined;
}
