// The files of one engine, attached before or found in a request. Each is uploaded once, however often it is used.
import { MAX_UPLOADS_AT_ONCE } from "../core/uploading.ts";
import { videoErrorData } from "../errors.ts";
import type { FileUploader, FileUploads, TakenRequest } from "../file-ports.ts";
import type { VideoPlatform } from "../platform-ports.ts";
import { createKnownFiles, type KnownFiles } from "./attached-file.ts";
import { isAttachment, type Attachment, type AttachmentSource, type GenerateRequest } from "./attachment.ts";
import { checkFile } from "./check-file.ts";
import { createAttachment, createSettledAttachment } from "./create-attachment.ts";
import { createFileUploads, createTake, type UsedFile } from "./create-take.ts";
import { refusedFile } from "./upload-failure.ts";
import { createGate } from "../gate.ts";

/** What attachments need. */
export interface AttachmentsOptions extends VideoPlatform {
  readonly uploader: FileUploader;
}

/** The attachments of an engine. Every method works unbound, and none throws. */
export interface Attachments {
  /** Starts to upload a file before there is a request for it, such as when the user has picked it. At most three files are sent at a time. */
  attach(source: AttachmentSource): Attachment;
  /** Takes the files out of a request. Sends nothing. */
  take(request: GenerateRequest): TakenRequest;
  /** Sends the files that `take` has named, or that an earlier start of the app has left. */
  readonly uploads: FileUploads;
  /** Cancels the uploads that `attach` has started. After that it starts none. */
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

function createAttach(
  files: KnownFiles,
  { createId, ...platform }: VideoPlatform,
): Pick<Attachments, "attach" | "dispose"> {
  const running = new Set<Attachment>();
  let isDisposed = false;

  const begin = (source: AttachmentSource, id: string): Attachment => {
    if (isDisposed) return createSettledAttachment(id, { error: videoErrorData("disposed") });
    const found = files.find(source);
    if (!("file" in found)) return createSettledAttachment(id, found);
    const issues = checkFile(found.file.getFacts());
    if (issues.length > 0) return createSettledAttachment(id, { error: refusedFile(issues) });
    const attachment = createAttachment(found.file, { ...platform, id });
    files.remember(attachment, found.file);
    running.add(attachment);
    void attachment.uploaded.then(() => running.delete(attachment));
    return attachment;
  };

  return {
    attach: (source) => (isAttachment(source) ? source : begin(source, createId())),
    dispose() {
      isDisposed = true;
      for (const attachment of running) attachment.cancel();
    },
  };
}
