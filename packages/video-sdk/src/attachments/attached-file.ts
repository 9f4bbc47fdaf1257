// One attached file with its one upload, and all attached files of an engine: the same object is the same file, so it is uploaded once.
import type { VideoErrorData } from "../errors.ts";
import type { FileUploader, LocalFile, StoredFile, UploadOptions } from "../file-ports.ts";
import type { CallResult } from "../ports.ts";
import { thrownErrorData } from "../thrown-error.ts";
import { isAttachment, isNativeAsset, type Attachment } from "./attachment.ts";
import { checkFile, type FileFacts } from "./check-file.ts";
import { createSharedUpload, type Upload } from "./create-shared-upload.ts";
import { inspectFile } from "./inspect-file.ts";
import { toLocalFile, UNKNOWN_TYPE } from "./to-local-file.ts";
import { goneFile, refusedFile, unsendableFile, uploadFailure } from "./upload-failure.ts";

/** A file. Its bytes are released once they are uploaded. */
export interface AttachedFile {
  /** What a later start of the app finds it by. Undefined for a file that is in memory only. */
  readonly stored: StoredFile | undefined;
  /** Its lasting URL, once it is uploaded. */
  getUrl(): string | undefined;
  /** What is known without reading it. */
  getFacts(): FileFacts;
  /** What is known after its first bytes were read. Undefined: the file cannot be read any more. */
  inspect(): Promise<FileFacts | undefined>;
  /** Makes one try or joins the one that runs; returns the URL at once where the file is uploaded. Never throws. */
  upload: Upload;
}

/** The attached files of an engine, by what they were attached as. Keeps nothing alive. */
export interface KnownFiles {
  /** What a source stands for: a URL, a file, or an error. Takes any value; whether a URL or a file is acceptable is not checked here. */
  find(source: unknown): FoundSource;
  /** Records which file an attachment stands for. */
  remember(attachment: Attachment, file: AttachedFile): void;
  /** A file that is attached as no object, such as one of an earlier start of the app. */
  newFile(local: LocalFile): AttachedFile;
}

/** What a source stands for. */
export type FoundSource =
  | { readonly url: string }
  | { readonly file: AttachedFile }
  | { readonly error: VideoErrorData };

/** Without any file yet. */
export function createKnownFiles(uploader: FileUploader): KnownFiles {
  const known = new WeakMap<object, AttachedFile>();
  const newFile = (local: LocalFile): AttachedFile => createAttachedFile(local, uploader);
  const fileOf = (source: unknown): AttachedFile | undefined => {
    if (typeof source !== "object" || source === null) return undefined;
    const before = known.get(source);
    if (before !== undefined) return before;
    const local = toLocalFile(source);
    if (local === undefined) return undefined;
    const file = newFile(local);
    known.set(source, file);
    return file;
  };
  return {
    newFile,
    remember: (attachment, file) => void known.set(attachment, file),
    find: (source) => findSource(source, fileOf),
  };
}

function findSource(source: unknown, fileOf: (source: unknown) => AttachedFile | undefined): FoundSource {
  const text = textOf(source);
  if (typeof text === "string") return ON_DEVICE.test(text) ? { error: unsendableFile("path-as-text") } : { url: text };
  const file = fileOf(source);
  if (isAttachment(source)) {
    const { status, url, error } = source.getSnapshot();
    if (status === "canceled") return { error: unsendableFile("attachment-canceled") };
    if (error?.retryable === false) return { error };
    if (file === undefined) return url === undefined ? { error: unsendableFile("other-engine") } : { url };
  }
  return file === undefined ? { error: unsendableFile("no-file") } : { file };
}

/** The URL of an asset that is on the web already, or in `{ url }`. Anything else as it is. */
function textOf(source: unknown): unknown {
  if (isNativeAsset(source)) return /^https?:/i.test(source.uri) ? source.uri : source;
  const { url }: { readonly url?: unknown } = Object(source);
  return typeof url === "string" ? url : source;
}

/** A scheme other than http, or a path. */
const ON_DEVICE = /^(?:\/|(?!https?:)[a-z][a-z0-9+.-]*:)/i;

/** A file that was not read yet. Sends nothing until asked. */
function createAttachedFile(local: LocalFile, uploader: FileUploader): AttachedFile {
  let held: LocalFile | undefined = local;
  let facts = factsOf(local, "uri" in local.source);
  let isSeen = false;
  let url: string | undefined;

  /** Rejects where the file cannot be read any more. */
  const look = async (): Promise<LocalFile> => {
    if (held === undefined) throw new Error("The file was sent already.");
    if (isSeen) return held;
    const seen = await inspectFile(held);
    isSeen = true;
    facts = factsOf(seen, true);
    return (held = seen);
  };

  const sendLooked = async (file: LocalFile, options: UploadOptions): Promise<CallResult<string>> => {
    const issues = checkFile(file);
    if (issues.length > 0) return uploadFailure(refusedFile(issues));
    const result = await send(uploader, file, options);
    if (result.ok) {
      url = result.value;
      held = undefined;
    }
    return result;
  };

  const upload = createSharedUpload(async (options) => {
    const looked = await look().catch((cause: unknown) => ({ cause }));
    return "cause" in looked ? uploadFailure(goneFile(looked.cause)) : await sendLooked(looked, options);
  });

  return {
    stored: toStored(local),
    getUrl: () => url,
    getFacts: () => facts,
    async inspect() {
      try {
        if (url === undefined) await look();
        return facts;
      } catch {
        // The upload says why.
        return undefined;
      }
    },
    upload: async (options) => (url === undefined ? upload(options) : { ok: true, value: url }),
  };
}

/** An upload must not reject, even where an app's own uploader does. */
async function send(uploader: FileUploader, file: LocalFile, options: UploadOptions): Promise<CallResult<string>> {
  try {
    return await uploader.upload(file, options);
  } catch (cause) {
    return uploadFailure(thrownErrorData(cause));
  }
}

/** The facts of a file. Unless they are final, the bytes may still tell a type that is unknown. */
function factsOf(file: LocalFile, isFinal: boolean): FileFacts {
  const { source: _, ...known } = file;
  return isFinal || known.contentType !== UNKNOWN_TYPE ? known : { ...known, contentType: undefined };
}

function toStored({ source, contentType, byteLength }: LocalFile): StoredFile | undefined {
  return "uri" in source ? { uri: source.uri, contentType, byteLength } : undefined;
}
