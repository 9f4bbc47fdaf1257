// The files of an engine by what they were attached as: the same object is the same file, so that it is uploaded once.
import type { LocalFile } from "../ports.ts";
import { createAttachedFile, type AttachedFile } from "./attached-file.ts";
import type { Attachment } from "./attachment.ts";
import type { FileUploader } from "./file-uploader.ts";
import { toLocalFile } from "./to-local-file.ts";

/** Files and what they were attached as. Keeps nothing alive. */
export interface KnownFiles {
  /** The file of a Blob, an asset, or an attachment of this engine; undefined for anything else. */
  fileOf(source: unknown): AttachedFile | undefined;
  /** Says which file an attachment stands for. */
  remember(attachment: Attachment, file: AttachedFile): void;
  /** A file that is not attached as anything here. */
  newFile(local: LocalFile): AttachedFile;
}

/** None yet. */
export function createKnownFiles(uploader: FileUploader): KnownFiles {
  const known = new WeakMap<object, AttachedFile>();
  const newFile = (local: LocalFile): AttachedFile => createAttachedFile(local, uploader);
  return {
    newFile,
    remember: (attachment, file) => void known.set(attachment, file),
    fileOf(source) {
      if (typeof source !== "object" || source === null) return undefined;
      const before = known.get(source);
      if (before !== undefined) return before;
      const local = toLocalFile(source);
      if (local === undefined) return undefined;
      const file = newFile(local);
      known.set(source, file);
      return file;
    },
  };
}
