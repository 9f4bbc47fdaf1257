// The files of one engine: attached beforehand or found in a request, each uploaded once, however often it is used.
import { MAX_UPLOADS_AT_ONCE } from "../core/uploading.ts";
import type { FileUploads, VideoPlatform } from "../ports.ts";
import type { GenerateRequest } from "./attached-video-request.ts";
import type { Attachment, AttachmentSource } from "./attachment.ts";
import { createAttach } from "./create-attach.ts";
import { createFileUploads } from "./create-file-uploads.ts";
import { createGate } from "./create-gate.ts";
import { createTake, type TakenRequest, type UsedFile } from "./create-take.ts";
import type { FileUploader } from "./file-uploader.ts";
import { createKnownFiles } from "./known-files.ts";

/** What attachments need. */
export interface AttachmentsOptions extends VideoPlatform {
  readonly uploader: FileUploader;
}

/** The attachments of an engine. Every method works unbound, and none throws. */
export interface Attachments {
  /** Begins to upload a file at once, such as when the user has picked it. At most three files are sent at a time. */
  attach(source: AttachmentSource): Attachment;
  /** Takes the files out of a request. Sends nothing. */
  take(request: GenerateRequest): TakenRequest;
  /** Sends what `take` has named, or what an earlier start of the app has left. */
  readonly uploads: FileUploads;
  /** Cancels what `attach` has begun. From then on it begins nothing. */
  dispose(): void;
}

/** Attachments over an uploader. Sends nothing until asked. */
export function createAttachments({ uploader, ...platform }: AttachmentsOptions): Attachments {
  const gate = createGate(MAX_UPLOADS_AT_ONCE);
  const files = createKnownFiles({ upload: (file, options) => gate(() => uploader.upload(file, options)) });
  const used = new Map<string, UsedFile>();
  return {
    ...createAttach(files, platform),
    take: createTake({ files, used, createId: platform.createId }),
    uploads: createFileUploads(files, used),
  };
}
