// One file that was attached: what is known of it, where it is once uploaded, and its upload, which everybody who needs the file joins.
import { toVideoError } from "../errors.ts";
import type { CallResult, LocalFile, StoredFile } from "../ports.ts";
import { checkFile, type FileFacts } from "./check-file.ts";
import { UNKNOWN_TYPE } from "./content-type-of.ts";
import { createSharedUpload, type Upload } from "./create-shared-upload.ts";
import type { FileUploader, UploadOptions } from "./file-uploader.ts";
import { inspectFile } from "./inspect-file.ts";
import { refusedFile, unsendableFile, uploadFailure } from "./upload-failure.ts";

/** A file. Its bytes are let go of once they are uploaded. */
export interface AttachedFile {
  /** What a later start of the app finds it by. Undefined for what is in memory only. */
  readonly stored: StoredFile | undefined;
  /** Its lasting URL, once it is uploaded. */
  getUrl(): string | undefined;
  /** What is known without waiting. */
  getFacts(): FileFacts;
  /** The same after a look at the first bytes. Undefined: the file cannot be read any more. */
  inspect(): Promise<FileFacts | undefined>;
  /** One try, or the one that runs; the URL at once where it has been uploaded. Never throws. */
  upload: Upload;
}

/** A file that nobody has looked into yet. Sends nothing until asked. */
export function createAttachedFile(local: LocalFile, uploader: FileUploader): AttachedFile {
  let held: LocalFile | undefined = local;
  let facts = factsOf(local, "uri" in local.source);
  let isSeen = false;
  let url: string | undefined;

  const look = async (): Promise<LocalFile | undefined> => {
    if (held === undefined || isSeen) return held;
    const seen = await inspectFile(held);
    if (seen === undefined) return undefined;
    isSeen = true;
    facts = factsOf(seen, true);
    return (held = seen);
  };

  const upload = createSharedUpload(async (options) => {
    const file = await look();
    if (file === undefined) return uploadFailure(UNREADABLE);
    const issues = checkFile(file);
    if (issues.length > 0) return uploadFailure(refusedFile(issues));
    const result = await send(uploader, file, options);
    if (result.ok) {
      url = result.value;
      held = undefined;
    }
    return result;
  });

  return {
    stored: toStored(local),
    getUrl: () => url,
    getFacts: () => facts,
    inspect: async () => (url === undefined && (await look()) === undefined ? undefined : facts),
    upload: async (options) => (url === undefined ? upload(options) : { ok: true, value: url }),
  };
}

const UNREADABLE = unsendableFile("The file cannot be read any more. Attach it again.");

/** Whoever waits for an upload is promised that it never rejects, whatever the uploader does. */
async function send(uploader: FileUploader, file: LocalFile, options: UploadOptions): Promise<CallResult<string>> {
  try {
    return await uploader.upload(file, options);
  } catch (cause) {
    return uploadFailure(toVideoError(cause).toJSON());
  }
}

/** Whether a type that nobody has said is final, or the bytes may still tell. */
function factsOf(file: LocalFile, isFinal: boolean): FileFacts {
  const { source: _, ...known } = file;
  return isFinal || known.contentType !== UNKNOWN_TYPE ? known : { ...known, contentType: undefined };
}

function toStored({ source, contentType, byteLength }: LocalFile): StoredFile | undefined {
  if (!("uri" in source)) return undefined;
  return { uri: source.uri, contentType, ...(byteLength === undefined ? {} : { byteLength }) };
}
