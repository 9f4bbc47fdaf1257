// The state before anything is acquired: uploads the attached files, at most three at once. Each file retries on its own.
// Uploads may be repeated and nothing is held, so a cancel or a failure ends the generation at once.
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import { backoffMs } from "./backoff.ts";
import type { Effect } from "./effect.ts";
import type { GenerationEvent } from "./event.ts";
import { beginPreparing } from "./preparing.ts";
import { settle } from "./settling.ts";
import { isStorableNumber, isStorableText } from "./shape-tests.ts";
import type { GenerationPlan, Uploading } from "./state.ts";
import type { FileUpload } from "./file-upload.ts";
import { retryLimit } from "./retry-limits.ts";
import { stay, type Rules, type TransitionResult } from "./transition-result.ts";
import { withUrls } from "./upload-placeholder.ts";

/** How many files are sent at the same time. */
export const MAX_UPLOADS_AT_ONCE = 3;
const UPLOAD_BACKOFF = { firstMs: 1_000, maxMs: 15_000 };

/** A file of a new generation, before anything is sent. */
export interface NewFile {
  /** The id in its placeholder. */
  readonly fileId: string;
  readonly stored: FileUpload["stored"] | undefined;
}

/** The first state of a generation, and its first effects. Without files it begins with its slot. */
export function begin(plan: GenerationPlan, files: readonly NewFile[] = []): TransitionResult {
  const queued = files.map(({ fileId, stored }): [string, FileUpload] => [
    fileId,
    { status: "queued", attempt: 0, tries: 0, sentBytes: 0, stored: storableFile(stored) },
  ]);
  return goOn({ name: "uploading", plan, files: Object.fromEntries(queued) });
}

/** A place that a record cannot name, such as a whole picture as a `data:` URI, is one that a later start cannot find. */
function storableFile(stored: FileUpload["stored"]): FileUpload["stored"] {
  if (stored === undefined || !isStorableText(stored.uri) || !isStorableText(stored.contentType)) return undefined;
  return isStorableNumber(stored.byteLength) ? stored : { ...stored, byteLength: undefined };
}

/** What an event means while files are uploaded. */
export function whileUploading(state: Uploading, event: GenerationEvent, rules: Rules): TransitionResult {
  switch (event.type) {
    case "file-progress":
      return progressed(state, event);
    case "file-uploaded": {
      const file = fileOf(state, event.fileId);
      // Any attempt's success counts: the file is there.
      const wasSent = file !== undefined && event.attempt >= 1 && event.attempt <= file.attempt;
      if (!wasSent || file.status === "done") return stay(state);
      const sentBytes = file.totalBytes ?? file.sentBytes;
      return goOn(withFile(state, event.fileId, { ...file, status: "done", sentBytes, url: event.url }));
    }
    case "effect-failed":
      return event.effect === "upload-file" ? failed(state, event, rules) : stay(state);
    case "wait-elapsed":
      return event.key === "retry" ? sendMore(state, ["queued", "waiting"]) : stay(state);
    case "cancel-requested":
      return settle({ plan: state.plan, held: NOTHING, verdict: { kind: "cancel" } }, event.at);
    default:
      return stay(state);
  }
}

/** The same files after a restart: unfinished uploads are sent again, finished ones stay. */
export function resumeUploading({ plan, files }: Uploading): TransitionResult {
  const queued = Object.entries(files).map(([fileId, file]): [string, FileUpload] => [
    fileId,
    file.status === "done" ? file : { ...file, status: "queued", tries: 0, sentBytes: 0 },
  ]);
  return goOn({ name: "uploading", plan, files: Object.fromEntries(queued) });
}

const NOTHING = { credits: "none" } as const;

/** Goes on to the slot when all files are uploaded; otherwise sends more queued files. */
function goOn(state: Uploading): TransitionResult {
  const isDone = Object.values(state.files).every(({ status }) => status === "done");
  return isDone ? beginPreparing(filled(state)) : sendMore(state, ["queued"]);
}

/** Sends files in these statuses, as many as the limit allows. */
function sendMore(state: Uploading, among: readonly FileUpload["status"][]): TransitionResult {
  const files = Object.entries(state.files);
  const free = MAX_UPLOADS_AT_ONCE - files.filter(([, { status }]) => status === "sending").length;
  const due = files.filter(([, { status }]) => among.includes(status)).slice(0, Math.max(0, free));
  if (due.length === 0) return stay(state);
  const sent = due.map(([fileId, file]): [string, FileUpload] => [
    fileId,
    { ...file, status: "sending", attempt: file.attempt + 1, tries: file.tries + 1 },
  ]);
  const effects = sent.map(([fileId, { attempt, stored }]): Effect => ({
    type: "upload-file",
    attempt,
    fileId,
    stored,
  }));
  return [{ ...state, files: { ...state.files, ...Object.fromEntries(sent) } }, effects];
}

function filled({ plan, files }: Uploading): GenerationPlan {
  const urls = Object.entries(files).flatMap(([fileId, { url }]) =>
    url === undefined ? [] : [[fileId, url] as const],
  );
  return urls.length === 0 ? plan : { ...plan, request: withUrls(plan.request, Object.fromEntries(urls)) };
}

function progressed(state: Uploading, event: Extract<GenerationEvent, { type: "file-progress" }>): TransitionResult {
  const file = sending(state, event);
  const { sentBytes, totalBytes = file?.totalBytes } = event;
  if (file === undefined || (file.sentBytes === sentBytes && file.totalBytes === totalBytes)) return stay(state);
  return [withFile(state, event.fileId, { ...file, sentBytes, totalBytes }), []];
}

function failed(state: Uploading, event: EffectFailed, rules: Rules): TransitionResult {
  const { fileId = "", attempt, error } = event;
  const file = sending(state, { fileId, attempt });
  if (file === undefined) return stay(state);
  if (!error.retryable || file.tries >= retryLimit(rules.retries, "uploading")) {
    // The app shows that the attachment failed; the original reason stays in the details.
    const shown =
      error.code === "upload-failed" || error.code === "not-signed-in"
        ? error
        : videoErrorData("upload-failed", { ...toldOf(error), details: { ...error.details, lastError: error.code } });
    return settle(
      { plan: state.plan, held: NOTHING, verdict: { kind: "fail", error: { ...shown, phase: "uploading" } } },
      event.at,
    );
  }
  const waitMs = backoffMs(UPLOAD_BACKOFF, { attempt: file.tries, random: event.random, hintMs: error.retryAfterMs });
  const [next, effects] = sendMore(withFile(state, fileId, { ...file, status: "waiting", sentBytes: 0 }), ["queued"]);
  return [next, [{ type: "wait", key: "retry", until: event.at + waitMs }, ...effects]];
}

type EffectFailed = Extract<GenerationEvent, { type: "effect-failed" }>;

/** A lasting error keeps its own message, because that says what to do. */
function toldOf({ retryable, message }: VideoErrorData): Pick<VideoErrorData, "retryable"> & { message?: string } {
  return retryable ? { retryable } : { retryable, message };
}

/** The file whose attempt is in flight. Undefined for an older attempt. */
function sending(state: Uploading, { fileId, attempt }: { fileId: string; attempt: number }): FileUpload | undefined {
  const file = fileOf(state, fileId);
  return file?.status === "sending" && file.attempt === attempt ? file : undefined;
}

function fileOf({ files }: Uploading, fileId: string): FileUpload | undefined {
  return Object.hasOwn(files, fileId) ? files[fileId] : undefined;
}

function withFile(state: Uploading, fileId: string, file: FileUpload): Uploading {
  return { ...state, files: { ...state.files, [fileId]: file } };
}
