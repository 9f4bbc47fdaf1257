// Where users' attachments and finished videos are kept: a bucket of Cloudflare R2, or of another S3.
import { createRehost, s3Storage, type Rehost, type UploadStorage } from "@video-engine/video-sdk/server";
import { optionalSetting, requiredSetting } from "./setting.ts";

/** The hosts of finished videos at fal and kie.ai. */
const PROVIDER_HOSTS = [".fal.media", ".aiquickdraw.com"];

/** Whether videos may be at http addresses of this machine, where the sandbox has them. */
export const allowsLoopbackVideos = optionalSetting("ALLOW_LOOPBACK_VIDEOS") === "1";

const bucket = s3Storage({
  endpoint: () =>
    optionalSetting("S3_ENDPOINT") ?? `https://${requiredSetting("R2_ACCOUNT_ID")}.r2.cloudflarestorage.com`,
  region: optionalSetting("S3_REGION") ?? "auto",
  bucket: () => requiredSetting("R2_BUCKET"),
  accessKeyId: () => requiredSetting("R2_ACCESS_KEY_ID"),
  secretAccessKey: () => requiredSetting("R2_SECRET_ACCESS_KEY"),
  publicBaseUrl: () => requiredSetting("R2_PUBLIC_URL"),
});

/** The bucket. Its settings are read when an address is requested. An app without a bucket has none to check. */
export const videoStorage: UploadStorage = {
  ...bucket,
  check: () => (optionalSetting("R2_BUCKET") === undefined ? [] : (bucket.check?.() ?? [])),
};

const rehost = createRehost({
  storage: videoStorage,
  fetch: (...request) => fetch(...request),
  allowedHosts: PROVIDER_HOSTS,
  allowsLoopback: allowsLoopbackVideos,
});

/** Copies a finished video into the bucket, because providers delete theirs. Without a bucket returns the provider's URL. */
export const keepVideo: Rehost = async (url, video) =>
  optionalSetting("R2_BUCKET") === undefined ? url : await rehost(url, video);
