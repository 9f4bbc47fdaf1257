// The answers of the generate and status routes: the client reads them so, and the server answers in their shape.
// Accepts every shape that the deployed routes use. Does not depend on HTTP, retries or providers.
import { isVideoErrorCode, videoErrorData, type VideoErrorCode, type VideoErrorData } from "./errors.ts";
import { findVideos, type FoundVideos } from "./find-videos.ts";
import { hasContent } from "./has-content.ts";
import { unusableVideo, whyUnplayable } from "./unusable-video.ts";
import { numberOf, textOf } from "./value-kinds.ts";

// A field of the wrong type counts as absent, so that an odd field beside a video never loses the video.
/** Some servers count their jobs. A number that JSON does not carry exactly is no id. */
const idOf = (value: unknown): string | undefined =>
  textOf(Number.isSafeInteger(value) && Number(value) > 0 ? String(value) : value);
const flagOf = (value: unknown): boolean | undefined => (typeof value === "boolean" ? value : undefined);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields that any of our routes answers with. */
function fieldsOf(body: Readonly<Record<string, unknown>>) {
  return {
    success: flagOf(body["success"]),
    queued: flagOf(body["queued"]),
    processing: flagOf(body["processing"]),
    status: textOf(body["status"]),
    error: isRecord(body["error"]) ? errorFieldsOf(body["error"]) : textOf(body["error"]),
    message: textOf(body["message"]),
    code: textOf(body["code"]),
    details: body["details"],
    requestId: idOf(body["requestId"]),
    request_id: idOf(body["request_id"]),
    taskId: idOf(body["taskId"]),
    task_id: idOf(body["task_id"]),
    jobId: idOf(body["jobId"] ?? body["job_id"]),
    operationName: idOf(body["operationName"]),
    operation_name: idOf(body["operation_name"]),
    provider: textOf(body["provider"]),
    endpoint: textOf(body["endpoint"]),
    pollAfterMs: numberOf(body["pollAfterMs"]),
    canWait: flagOf(body["canWait"]),
  };
}

type Fields = ReturnType<typeof fieldsOf>;

function errorFieldsOf(error: Readonly<Record<string, unknown>>) {
  return {
    code: textOf(error["code"]),
    message: textOf(error["message"]),
    retryable: flagOf(error["retryable"]),
    retryAfterMs: numberOf(error["retryAfterMs"]),
    details: error["details"],
  };
}

/** An answer, and its videos. */
interface Answer extends Fields {
  readonly found: FoundVideos;
  /** The error is more than an empty frame. */
  readonly hasError: boolean;
}

/** A job at the provider, as the route names it. */
export interface JobReference {
  readonly requestId: string;
  readonly provider?: string | undefined;
  readonly endpoint?: string | undefined;
}

/** The answer of the generate route. `failed`: the route refused. `unreadable`: the outcome is not known. */
export type SubmitAnswer =
  | { readonly kind: "accepted"; readonly job: JobReference }
  | { readonly kind: "finished"; readonly videos: readonly string[] }
  | { readonly kind: "failed"; readonly error: VideoErrorData }
  | { readonly kind: "unreadable" };

/** The answer of the status route. An unknown state counts as `pending`: unknown input never ends a job. */
export type StatusAnswer =
  | { readonly kind: "pending"; readonly status?: string | undefined; readonly pollAfterMs?: number | undefined }
  | { readonly kind: "finished"; readonly videos: readonly string[] }
  | { readonly kind: "failed"; readonly error: VideoErrorData }
  | { readonly kind: "unreadable" };

/** The error in a body. `code` is set only where the body names one of ours. */
export interface ErrorAnswer {
  readonly code?: VideoErrorCode | undefined;
  readonly message?: string | undefined;
  readonly retryable?: boolean | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly details?: VideoErrorData["details"];
}

/** Reads the body of an answer from the generate route. Never throws. */
export function parseSubmitAnswer(body: unknown): SubmitAnswer {
  const answer = readAnswer(body);
  if (answer === undefined) return { kind: "unreadable" };
  const verdict = verdictOf(answer);
  const named = namedJobIn(answer, body);
  // Success and a job's id beside an error: the error is about something else, and a job that runs must not be lost.
  const isTaken = named !== undefined && answer.success === true && verdict?.kind === "failed";
  if (verdict !== undefined && !isTaken) return verdict;
  if (named !== undefined) return { kind: "accepted", job: named };
  // A job without an id of its own is asked about by its endpoint alone.
  if (answer.endpoint) return { kind: "accepted", job: jobOf(answer.endpoint, answer) };
  return emptySuccessOf(answer) ?? { kind: "unreadable" };
}

/** Reads the body of an answer from the status route. Never throws. */
export function parseStatusAnswer(body: unknown): StatusAnswer {
  const answer = readAnswer(body);
  if (answer === undefined) return { kind: "unreadable" };
  const verdict = verdictOf(answer);
  if (verdict !== undefined) return verdict;
  const empty = emptySuccessOf(answer);
  if (empty !== undefined) return empty;
  return { kind: "pending", status: answer.status, pollAfterMs: answer.pollAfterMs || undefined };
}

/** Reads the error in an answer from any of our routes, whatever its status. Undefined when there is none. Never throws. */
export function parseErrorAnswer(body: unknown): ErrorAnswer | undefined {
  const answer = readAnswer(body);
  return answer?.error === undefined ? undefined : errorAnswerOf(answer);
}

const LONGEST_REFUSAL = 1_000;

/** The text of an error that names no code of ours, from an answer with any status. Undefined when there is none. Never throws. */
export function parseRefusal(body: unknown): string | undefined {
  const answer = readAnswer(body);
  if (answer?.hasError !== true) return undefined;
  const { code, message = "" } = errorAnswerOf(answer);
  const text = message.trim() === "" ? JSON.stringify(Object(body)["error"]) : message;
  return code === undefined ? text.slice(0, LONGEST_REFUSAL) : undefined;
}

/**
 * Whether the answer about a running job offers to hold the next question (`wait`) until there is news.
 * Undefined when the answer is not about a running job. Never throws.
 */
export function offersWait(body: unknown): boolean | undefined {
  if (!isRecord(body)) return undefined;
  const { queued, processing, status, canWait } = body;
  const states = { queued: flagOf(queued), processing: flagOf(processing), status: textOf(status) };
  return isUnderWay(states) ? canWait === true : undefined;
}

function readAnswer(body: unknown): Answer | undefined {
  if (!isRecord(body)) return undefined;
  const fields = fieldsOf(body);
  const isDeep = hasEnded(fields) || (fields.success === true && !isUnderWay(fields));
  const hasError = fields.error !== undefined && hasContent(body["error"]);
  return { ...fields, found: findVideos(body, { isDeep }), hasError };
}

type Verdict = Extract<SubmitAnswer, { kind: "finished" | "failed" }>;

/** The videos or the refusal in an answer; undefined when it has neither. With `success: false` an answer has failed, whatever else it carries. */
function verdictOf(answer: Answer): Verdict | undefined {
  const { success, hasError } = answer;
  const videos = answer.found.urls.filter((url) => whyUnplayable(url) === undefined);
  if (videos.length > 0 && success !== false) return { kind: "finished", videos };
  const isRefusal = isUnderWay(answer) ? success === false && hasError : success === false || hasError;
  if (!isRefusal) return undefined;
  const { code = "provider-failed", ...said } = errorAnswerOf(answer);
  return { kind: "failed", error: videoErrorData(code, said) };
}

/**
 * Success without a video and without a job that could bring one: the place of the videos is empty, or what is in it cannot be played. Without
 * such a place the answer is only not understood.
 */
function emptySuccessOf(answer: Answer): Verdict | undefined {
  const { urls, place } = answer.found;
  if (answer.success !== true || !hasEnded(answer)) return undefined;
  const [url] = urls;
  if (url !== undefined) return { kind: "failed", error: unusableVideo(whyUnplayable(url) ?? "", { url }) };
  return place === "empty" ? { kind: "failed", error: videoErrorData("result-missing") } : undefined;
}

const RUNNING =
  /^(?:in[-_ ]?(?:queue|progress)|queued|queuing|pending|processing|running|generating|waiting|starting|created|submitted|rendering)$/i;
const ENDED = /^(?:completed?|success(?:ful)?|succeeded|finished|done|ok|ready)$/i;

/** Whether a word for the state of a job says that it has ended well. */
export function saysEnded(status: string): boolean {
  return ENDED.test(status);
}

type States = Pick<Answer, "queued" | "processing" | "status">;

function isUnderWay({ queued, processing, status = "" }: States): boolean {
  return queued === true || processing === true || RUNNING.test(status);
}

/** Whether the job may have ended. A state that is new to us is no end. */
function hasEnded(answer: States): boolean {
  const { status = "" } = answer;
  return !isUnderWay(answer) && (status === "" || saysEnded(status));
}

/** The job that was taken, where it has an id: in the answer, or in what it wraps. */
function namedJobIn(answer: Fields, body: unknown): JobReference | undefined {
  const wrapped = ["data", "result", "job"]
    .map((name) => Object(body)[name] as unknown)
    .flatMap((inner) => (isRecord(inner) && !hasContent(inner["error"]) ? fieldsOf(inner) : []))
    .filter(({ success }) => success !== false);
  for (const fields of [answer, ...wrapped]) {
    const id = jobIdOf(fields);
    if (id !== undefined) return jobOf(id, fields);
  }
  return undefined;
}

function jobIdOf(a: Fields): string | undefined {
  return a.requestId ?? a.request_id ?? a.taskId ?? a.task_id ?? a.jobId ?? a.operationName ?? a.operation_name;
}

function jobOf(requestId: string, { provider, endpoint }: Fields): JobReference {
  return { requestId, provider, endpoint };
}

/** The code beside the error is ours only in an answer of our own shape, which says `success: false`. */
function errorAnswerOf({ success, error, message, code, details }: Answer): ErrorAnswer {
  const said: Partial<ReturnType<typeof errorFieldsOf>> =
    typeof error === "string" ? { message: error } : (error ?? {});
  const named = said.code ?? (success === false ? code : undefined);
  return {
    code: isVideoErrorCode(named) ? named : undefined,
    message: said.message ?? message,
    retryable: said.retryable,
    retryAfterMs: said.retryAfterMs,
    details: detailsOf(said.details ?? details),
  };
}

/** Longer details are left out: they are stored with the generation. */
const LONGEST_DETAILS = 32_768;

function detailsOf(given: unknown): VideoErrorData["details"] {
  if (typeof given !== "object" || given === null || Array.isArray(given)) return undefined;
  const text = JSON.stringify(given);
  return text === "{}" || text.length > LONGEST_DETAILS ? undefined : { ...given };
}
