// Reads the URLs in a request. The server decides whether they may be fetched.
import type { VideoAttachments } from "../video-request.ts";
import { Refusal } from "./refusal.ts";

/** An attachment that is one URL. */
type UrlField =
  | "attachmentImageUrl"
  | "startFrameImageUrl"
  | "endFrameImageUrl"
  | "klingO1Video"
  | "sourceVideoUrl"
  | "audioUrl";

/** The URL attached as `field`. Throws a `Refusal` where there is none. */
export function attachedUrl(attachments: VideoAttachments, field: UrlField): string {
  const url = attachments[field];
  if (!url) throw new Refusal(`${field} is missing`);
  return url;
}
