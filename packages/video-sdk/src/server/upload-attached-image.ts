// Uploads an image that came inside a request, so that the provider can read it by URL. Checks its first bytes only.
import type { VideoRequest } from "@video-engine/video-models";
import { VideoError } from "../errors.ts";
import { bytesOfBinary } from "./hmac.ts";
import type { VideoProvider } from "./providers/provider.ts";

/** The request with `attachmentImageUrl` in place of `attachmentImageBytes`; unchanged when it has no image bytes. */
export async function uploadAttachedImage(request: VideoRequest, provider: VideoProvider): Promise<VideoRequest> {
  const { attachmentImageBytes, ...rest } = request;
  if (attachmentImageBytes === undefined) return request;
  if (provider.uploadImage === undefined) {
    throw refused(`The provider ${provider.id} takes no image bytes. Upload the image and send attachmentImageUrl.`);
  }
  const bytes = bytesOfBinary(atob(attachmentImageBytes));
  const type = imageTypeOf(bytes);
  if (type === undefined) throw refused("attachmentImageBytes is not an image. Send a PNG, JPEG or WebP.");
  return { ...rest, attachmentImageUrl: await provider.uploadImage(new Blob([bytes], { type })) };
}

function imageTypeOf(bytes: Uint8Array): string | undefined {
  const head = String.fromCharCode(...bytes.subarray(0, 12));
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("RIFF") && head.endsWith("WEBP")) return "image/webp";
  return undefined;
}

function refused(message: string): VideoError {
  const issues = [{ path: "attachmentImageBytes", message }];
  return new VideoError("invalid-request", { message, details: { issues } });
}
