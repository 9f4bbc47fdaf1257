// The answers of the generate and status routes: the client parses with these schemas, and the server answers in their shape.
// Accepts every shape that the deployed routes use. Does not depend on HTTP, retries or providers.
import * as z from "@video-engine/video-models/schema";
import { isVideoErrorCode, videoErrorData, type VideoErrorCode, type VideoErrorData } from "./errors.ts";

const text = z.string().check(z.minLength(1));
const video = z.union([text, z.object({ url: text })]);

/** A field of the wrong type counts as absent, so that an odd field beside a video never loses the video. */
const lenient = <T extends z.ZodMiniType>(schema: T) => z.optional(z.union([schema, z.transform(() => undefined)]));

const errorFields = z.object({
  code: lenient(z.string()),
  message: lenient(z.string()),
  retryable: lenient(z.boolean()),
  retryAfterMs: lenient(z.number()),
});

const answerSchema = z.object({
  success: lenient(z.boolean()),
  queued: lenient(z.boolean()),
  processing: lenient(z.boolean()),
  status: lenient(z.string()),
  error: lenient(z.union([text, errorFields])),
  message: lenient(z.string()),
  code: lenient(z.string()),
  videos: lenient(z.array(z.unknown())),
  video: z.optional(z.unknown()),
  videoUrl: z.optional(z.unknown()),
  requestId: lenient(text),
  request_id: lenient(text),
  taskId: lenient(text),
  task_id: lenient(text),
  operationName: lenient(text),
  operation_name: lenient(text),
  provider: lenient(z.string()),
  endpoint: lenient(z.string()),
  pollAfterMs: lenient(z.number()),
  canWait: lenient(z.boolean()),
});
type Answer = z.infer<typeof answerSchema>;

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
}

/** Reads the body of an answer from the generate route. Never throws. */
export function parseSubmitAnswer(body: unknown): SubmitAnswer {
  const answer = readAnswer(body);
  if (answer === undefined) return { kind: "unreadable" };
  const verdict = verdictOf(answer);
  if (verdict !== undefined) return verdict;
  const requestId = jobIdOf(answer);
  if (requestId !== undefined) return { kind: "accepted", job: jobOf(requestId, answer) };
  return isEmptySuccess(answer) ? { kind: "failed", error: videoErrorData("result-missing") } : { kind: "unreadable" };
}

/** Reads the body of an answer from the status route. Never throws. */
export function parseStatusAnswer(body: unknown): StatusAnswer {
  const answer = readAnswer(body);
  if (answer === undefined) return { kind: "unreadable" };
  const verdict = verdictOf(answer);
  if (verdict !== undefined) return verdict;
  if (isEmptySuccess(answer)) return { kind: "failed", error: videoErrorData("result-missing") };
  return { kind: "pending", status: answer.status || undefined, pollAfterMs: answer.pollAfterMs || undefined };
}

/** Reads the error in an answer from any of our routes, whatever its status. Undefined when there is none. Never throws. */
export function parseErrorAnswer(body: unknown): ErrorAnswer | undefined {
  const answer = readAnswer(body);
  return answer?.error === undefined ? undefined : errorAnswerOf(answer);
}

/**
 * Whether the answer about a running job offers to hold the next question (`wait`) until there is news.
 * Undefined when the answer is not about a running job. Never throws.
 */
export function offersWait(body: unknown): boolean | undefined {
  const answer = readAnswer(body);
  return answer !== undefined && isUnderWay(answer) ? answer.canWait === true : undefined;
}

function readAnswer(body: unknown): Answer | undefined {
  const parsed = answerSchema.safeParse(body);
  return parsed.success ? parsed.data : undefined;
}

/** The videos or the refusal in an answer; undefined when it has neither. With `success: false` an answer has failed, whatever else it carries. */
function verdictOf(answer: Answer): Extract<SubmitAnswer, { kind: "finished" | "failed" }> | undefined {
  const videos = videosOf(answer);
  if (videos.length > 0 && answer.success !== false) return { kind: "finished", videos };
  const isRefusal = answer.success === false || (answer.error !== undefined && !isUnderWay(answer));
  if (!isRefusal) return undefined;
  const { code = "provider-failed", ...said } = errorAnswerOf(answer);
  return { kind: "failed", error: videoErrorData(code, said) };
}

/** Whether the answer claims success without a video and without a job that could bring one. */
function isEmptySuccess(answer: Answer): boolean {
  return answer.success === true && !isUnderWay(answer);
}

function isUnderWay({ queued, processing }: Answer): boolean {
  return queued === true || processing === true;
}

function jobIdOf(a: Answer): string | undefined {
  return a.requestId ?? a.request_id ?? a.taskId ?? a.task_id ?? a.operationName ?? a.operation_name;
}

function jobOf(requestId: string, { provider, endpoint }: Answer): JobReference {
  return { requestId, provider: provider || undefined, endpoint: endpoint || undefined };
}

/** The URL of each video once: some answers name the same video in two fields. */
function videosOf({ videos = [], video: single, videoUrl }: Answer): string[] {
  const urls = [...videos, single, videoUrl].flatMap((candidate) => {
    const parsed = video.safeParse(candidate);
    if (!parsed.success) return [];
    return [typeof parsed.data === "string" ? parsed.data : parsed.data.url];
  });
  return [...new Set(urls)];
}

function errorAnswerOf({ error, message, code }: Answer): ErrorAnswer {
  const said: z.infer<typeof errorFields> = typeof error === "string" ? { message: error } : (error ?? {});
  const named = said.code ?? code;
  return {
    code: isVideoErrorCode(named) ? named : undefined,
    message: said.message ?? message,
    retryable: said.retryable,
    retryAfterMs: said.retryAfterMs,
  };
}
