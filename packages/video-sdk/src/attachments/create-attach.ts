// Attaching before there is a request: the upload begins at once and can be watched.
import { videoErrorData } from "../errors.ts";
import type { VideoPlatform } from "../ports.ts";
import type { Attachment, AttachmentSource } from "./attachment.ts";
import { checkFile } from "./check-file.ts";
import { createAttachment, createSettledAttachment } from "./create-attachment.ts";
import { findSource } from "./find-source.ts";
import { isAttachment } from "./is-attachment.ts";
import type { KnownFiles } from "./known-files.ts";
import { refusedFile, unsendableFile } from "./upload-failure.ts";

/** The way to attach, and to end it. */
export interface Attach {
  attach(source: AttachmentSource): Attachment;
  dispose(): void;
}

/** Attaches files that are known here. */
export function createAttach(files: KnownFiles, { createId, ...platform }: VideoPlatform): Attach {
  const running = new Set<Attachment>();
  let isDisposed = false;

  const begin = (source: AttachmentSource, id: string): Attachment => {
    if (isDisposed) return createSettledAttachment(id, { error: videoErrorData("disposed") });
    const found = findSource(source, files.fileOf);
    if ("problem" in found) return createSettledAttachment(id, { error: unsendableFile(found.problem) });
    if ("url" in found) return createSettledAttachment(id, found);
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
