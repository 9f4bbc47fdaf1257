// A file that cannot go where it was put: kept in its slot with the reason, so that it is not quietly left out of the request.
import { VideoError, type Attachment, type AttachmentSnapshot } from "@video-engine/video-sdk";
import { WORDS } from "../words.ts";
import { kindOfType, type FileKind } from "./attached-files.ts";

/** What providers and the routes take. */
const TYPES: Readonly<Record<FileKind, readonly string[]>> = {
  image: ["image/png", "image/jpeg", "image/webp"],
  video: ["video/mp4", "video/quicktime"],
  audio: ["audio/mpeg", "audio/wav", "audio/x-wav"],
};

/** Why this file cannot be taken for one of this kind, in the user's words; undefined where it can. */
export function problemOf(file: File, wanted: FileKind): string | undefined {
  if (TYPES[wanted].includes(file.type)) return undefined;
  const { files } = WORDS.composer;
  const kind = kindOfType(file.type);
  const what = kind === undefined ? files.noMedia(file.name) : files.is(file.name, files.kinds[kind], file.type);
  return `${what} ${files.wanted[wanted]}`;
}

/** The file as an upload that has failed at once. Nothing of it is sent. */
export function refusedFile(file: File, message: string): Attachment {
  const { code, retryable } = new VideoError("invalid-request", { message });
  const snapshot: AttachmentSnapshot = {
    id: crypto.randomUUID(),
    status: "failed",
    sentBytes: 0,
    totalBytes: file.size,
    url: undefined,
    error: { code, message, retryable },
  };
  return {
    id: snapshot.id,
    getSnapshot: () => snapshot,
    subscribe: () => () => undefined,
    cancel: () => undefined,
    uploaded: Promise.resolve(snapshot),
  };
}
