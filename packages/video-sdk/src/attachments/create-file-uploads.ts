// The port that a generation sends its files through, over the files that were taken out of its request.
import type { FileUploads, StoredFile } from "../ports.ts";
import { checkFile } from "./check-file.ts";
import type { UsedFile } from "./create-take.ts";
import type { KnownFiles } from "./known-files.ts";
import { refusedFile, unsendableFile, uploadFailure } from "./upload-failure.ts";

/** Sends files by their ids. What only the bytes can tell is judged here, before any of them is sent. */
export function createFileUploads(files: KnownFiles, used: Map<string, UsedFile>): FileUploads {
  const findFile = (fileId: string, stored: StoredFile | undefined): UsedFile | undefined => {
    const before = used.get(fileId);
    if (before !== undefined || stored === undefined) return before;
    const { uri, contentType, byteLength } = stored;
    const file = files.newFile({ contentType, byteLength, fileName: undefined, source: { uri } });
    const restored = { file, use: undefined };
    used.set(fileId, restored);
    return restored;
  };
  return {
    async upload({ fileId, stored, ...options }) {
      const found = findFile(fileId, stored);
      if (found === undefined) return uploadFailure(GONE);
      const facts = await found.file.inspect();
      const issues = facts === undefined ? [] : checkFile(facts, found.use);
      return issues.length > 0 ? uploadFailure(refusedFile(issues)) : found.file.upload(options);
    },
  };
}

const GONE = unsendableFile("The file was in memory only, and is gone with the app that was closed. Attach it again.");
