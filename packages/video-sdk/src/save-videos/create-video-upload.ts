// Sends one video to the app's storage, as attached files are sent, but by the presign route for videos. One try.
import { createFileUploader, type FileUploaderOptions } from "../attachments/create-file-uploader.ts";
import { fromVideoErrorData } from "../errors.ts";
import type { LocalFile } from "../file-ports.ts";
import type { VideoFile } from "./save-videos.ts";

/** Sends videos over the route `presignVideo` of the map. Rejects with a `VideoError`. Does nothing until it is called. */
export function createVideoUpload(
  options: Omit<FileUploaderOptions, "route">,
): (video: VideoFile, signal: AbortSignal) => Promise<string> {
  const uploader = createFileUploader({ ...options, route: "presignVideo" });
  return async (video, signal) => {
    const sent = await uploader.upload(fileOf(video), { signal, onProgress: () => undefined });
    if (sent.ok) return sent.value;
    throw fromVideoErrorData(sent.error);
  };
}

function fileOf(video: VideoFile): LocalFile {
  const byteLength = "uri" in video ? video.byteLength : video.size;
  // Whatever a host says of the type: the route knows no other.
  return { contentType: "video/mp4", fileName: "video.mp4", byteLength, source: video };
}
