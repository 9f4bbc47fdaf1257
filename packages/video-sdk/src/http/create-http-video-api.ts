// The app's routes as a VideoApi, over ky: one request per call, with its own deadline and a fresh token. Decides nothing about money.
import { parseErrorAnswer, parseRefusal, parseStatusAnswer, parseSubmitAnswer } from "../protocol.ts";
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { ResolvedVideoRequest } from "@video-engine/video-models";
import type {
  CallResult,
  CancelAnswer,
  Certainty,
  Clock,
  JobAnswer,
  JobQuestion,
  SubmitResult,
  VideoApi,
} from "../ports.ts";
import { bareStatusOf, canBeVerdict, UNSURE_CODES } from "./answer-table.ts";
import { createHeldQuestions, WAIT_SECONDS } from "./held-questions.ts";
import { readRouteError } from "./read-route-error.ts";
import { createSend, type Http, type HttpAnswer } from "./send.ts";

/** Where the routes are, relative to the base URL. */
export interface VideoPaths {
  /** Default `api/mobile/generate-video`. */
  readonly generate: string;
  /** Default `api/mobile/video-status`. */
  readonly status: string;
  /** Default: none, so nothing can be canceled at the provider. The route of `./server` is usually at `api/mobile/cancel-video`. */
  readonly cancel?: string | undefined;
}

/** What the adapter needs. */
export interface HttpVideoApiOptions {
  readonly http: Http;
  readonly clock: Clock;
  readonly paths?: Partial<VideoPaths> | undefined;
  /**
   * The statuses by which the status route says that a job has failed, with a JSON `{ error }`. Two equal answers, ten seconds apart (403: a
   * minute), the second to a fresh token, then end the job. Default: none, because the routes of `./server` say it with 200. 401, 408, 425,
   * 429 and 5xx are never believed.
   */
  readonly verdictStatuses?: readonly number[] | undefined;
  /**
   * True where the generate route honours `Idempotency-Key`, as the one of `./server` does. The key then also stands in the body, as
   * `idempotencyKey`, because a proxy may drop the header, beside the price that the user was told, as `credits`. Default false: a submit is sent once, with the fields of the contract alone.
   */
  readonly isSubmitRepeatable?: boolean | undefined;
}

type Answered = Extract<HttpAnswer, { kind: "answered" }>;
type Unanswered = Extract<HttpAnswer, { kind: "none" }>;

/** Milliseconds until a request counts as unanswered. A submit may upload and queue; a status question is short, unless the server holds it. */
const DEADLINES_MS = { submit: 60_000, status: 15_000, heldStatus: WAIT_SECONDS * 1000 + 20_000, cancel: 15_000 };

/** The routes as a {@link VideoApi}. */
export function createHttpVideoApi(options: HttpVideoApiOptions): VideoApi {
  const { isSubmitRepeatable = false, verdictStatuses = [], clock } = options;
  const paths: VideoPaths = {
    generate: "api/mobile/generate-video",
    status: "api/mobile/video-status",
    ...options.paths,
  };
  const send = createSend(options.http, clock);
  const held = createHeldQuestions();
  return {
    isSubmitRepeatable,
    async submit(request, { key, credits, signal: beforeSent }) {
      const headers = { "idempotency-key": key };
      const body = bodyOf(request);
      const json = isSubmitRepeatable ? { ...body, idempotencyKey: key, credits } : body;
      const sent = { json, headers, beforeSent, deadlineMs: DEADLINES_MS.submit };
      const answer = await send("post", paths.generate, sent);
      held.learn(answer, false);
      return toSubmit(answer);
    },
    async status(question, { signal, needsFreshToken }) {
      const isHeld = held.isNext();
      const searchParams = isHeld ? { ...namesOf(question), wait: String(WAIT_SECONDS) } : namesOf(question);
      const deadlineMs = isHeld ? DEADLINES_MS.heldStatus : DEADLINES_MS.status;
      const askedAt = clock.now();
      const answer = await send("get", paths.status, { searchParams, signal, needsFreshToken, deadlineMs });
      // A question that was aborted says nothing about the server.
      if (!signal.aborted) held.learn(answer, isHeld);
      const result = toStatus(answer, verdictStatuses);
      // A server that answered at once has not watched the job, so the next question has to wait.
      const wasHeld = isHeld && clock.now() - askedAt >= LEAST_HELD_MS;
      if (!wasHeld || !result.ok || result.value.kind !== "pending") return result;
      return { ok: true, value: { ...result.value, wasHeld } };
    },
    async cancel(question) {
      if (paths.cancel === undefined) return { ok: true, value: "unsupported" };
      const sent = { json: namesOf(question), deadlineMs: DEADLINES_MS.cancel };
      return toCancel(await send("post", paths.cancel, sent));
    },
  };
}

/** A question that took at least this long was held. */
const LEAST_HELD_MS = 10_000;

/** The fields of the contract: without `mode`, which is ours and follows from the attachments. */
function bodyOf(request: ResolvedVideoRequest): Record<string, unknown> {
  const { mode: _, ...body } = request;
  return body;
}

/** The parameters that name a job. No empty member for the provider: an older ky would send it as the text "undefined". */
function namesOf({ job, model }: JobQuestion): Record<string, string> {
  const names = { requestId: job.requestId, modelId: model };
  return job.provider === undefined ? names : { ...names, provider: job.provider };
}

/** A refusal is certain: our routes check everything before they call a provider. Any other failure may hide an accepted job. */
function toSubmit(answer: HttpAnswer): CallResult<SubmitResult> {
  if (answer.kind === "none") return unanswered(answer);
  if (answer.status >= 400) return failure(isRefusal(answer) ? "not-done" : "unknown", readRouteError(answer));
  const parsed = parseSubmitAnswer(answer.body);
  if (parsed.kind === "unreadable") return failure("unknown", videoErrorData("protocol-mismatch"));
  if (parsed.kind === "failed" && UNSURE_CODES.has(parsed.error.code)) return failure("unknown", parsed.error);
  return { ok: true, value: parsed };
}

function isRefusal({ status, body }: Answered): boolean {
  const named = parseErrorAnswer(body)?.code;
  return named === undefined ? bareStatusOf(status).submit === "not-done" : !UNSURE_CODES.has(named);
}

/** A failed question says nothing about the job, but for a refusal that the routes' map calls a verdict. */
function toStatus(answer: HttpAnswer, verdictStatuses: readonly number[]): CallResult<JobAnswer> {
  if (answer.kind === "none") return unanswered(answer);
  const { status, body } = answer;
  if (status >= 400) {
    const error = readRouteError(answer);
    const text = verdictStatuses.includes(status) && canBeVerdict(status) ? parseRefusal(body) : undefined;
    if (text === undefined) return failure("not-done", error);
    return { ok: true, value: { kind: "refused", status, text, hintMs: error.retryAfterMs } };
  }
  const parsed = parseStatusAnswer(answer.body);
  if (parsed.kind === "unreadable") return failure("not-done", videoErrorData("protocol-mismatch"));
  if (parsed.kind !== "pending") return { ok: true, value: parsed };
  const { kind, pollAfterMs: hintMs } = parsed;
  return { ok: true, value: hintMs === undefined ? { kind } : { kind, hintMs } };
}

function toCancel(answer: HttpAnswer): CallResult<CancelAnswer> {
  if (answer.kind === "none") return unanswered(answer);
  if (answer.status >= 400) return failure("unknown", readRouteError(answer));
  const said = isRecord(answer.body) ? answer.body["canceled"] : undefined;
  const known: readonly CancelAnswer[] = ["removed", "requested", "too-late", "unsupported"];
  return { ok: true, value: known.find((answerOfRoute) => answerOfRoute === said) ?? "unsupported" };
}

/** A call without an answer had no effect only where it was not sent. */
function unanswered(answer: Unanswered): CallResult<never> {
  return failure(answer.cause === "no-answer" ? "unknown" : "not-done", readRouteError(answer));
}

function failure(certainty: Certainty, error: VideoErrorData): CallResult<never> {
  return { ok: false, certainty, error };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
