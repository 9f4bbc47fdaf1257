// The app's routes as a VideoApi, over ky: one request per call, its own deadline, a fresh token each time. Decides nothing about money.
import { parseErrorAnswer, parseStatusAnswer, parseSubmitAnswer } from "../protocol.ts";
import { videoErrorData, type VideoErrorCode, type VideoErrorData } from "../errors.ts";
import type { ResolvedVideoRequest } from "@video-engine/video-models";
import type { CallResult, CancelAnswer, Clock, JobAnswer, JobQuestion, SubmitResult, VideoApi } from "../ports.ts";
import { codeOfStatus } from "./code-of-status.ts";
import { createHeldQuestions, WAIT_SECONDS } from "./held-questions.ts";
import { retryAfterMsOf } from "./retry-after.ts";
import { createSend, type Http, type HttpAnswer } from "./send.ts";

/** Where the routes are, relative to the base URL. */
export interface VideoPaths {
  /** Default `api/mobile/generate-video`. */
  readonly generate: string;
  /** Default `api/mobile/video-status`. */
  readonly status: string;
  /** Default: none, so nothing can be canceled at the provider. The routes of `./server` are usually at `api/mobile/cancel-video`. */
  readonly cancel?: string;
}

/** What the HTTP side needs. */
export interface HttpVideoApiOptions {
  readonly http: Http;
  readonly clock: Clock;
  readonly paths?: Partial<VideoPaths>;
  /** True where the generate route honours `Idempotency-Key` (the routes of `./server` do). Default false: a submit is sent once. */
  readonly isSubmitRepeatable?: boolean;
}

type Answered = Extract<HttpAnswer, { kind: "answered" }>;

/** Milliseconds until a request counts as unanswered. A submit may upload and queue; a question about a job is short, unless it is held. */
const DEADLINES_MS = { submit: 60_000, status: 15_000, heldStatus: WAIT_SECONDS * 1000 + 20_000, cancel: 15_000 };

/** The routes as a {@link VideoApi}. */
export function createHttpVideoApi(options: HttpVideoApiOptions): VideoApi {
  const { isSubmitRepeatable = false, clock } = options;
  const paths: VideoPaths = {
    generate: "api/mobile/generate-video",
    status: "api/mobile/video-status",
    ...options.paths,
  };
  const send = createSend(options.http, clock);
  const held = createHeldQuestions();
  return {
    isSubmitRepeatable,
    async submit(request, { key, signal: beforeSent }) {
      const headers = { "idempotency-key": key };
      const sent = { json: bodyOf(request), headers, beforeSent, deadlineMs: DEADLINES_MS.submit };
      const answer = await send("post", paths.generate, sent);
      held.learn(answer, false);
      return toSubmit(answer, clock);
    },
    async status(question, { signal }) {
      const isHeld = held.isNext();
      const searchParams = { ...namesOf(question), ...(isHeld ? { wait: String(WAIT_SECONDS) } : {}) };
      const deadlineMs = isHeld ? DEADLINES_MS.heldStatus : DEADLINES_MS.status;
      const askedAt = clock.now();
      const answer = await send("get", paths.status, { searchParams, signal, deadlineMs });
      // A question that was called off says nothing about the server.
      if (!signal.aborted) held.learn(answer, isHeld);
      const result = toStatus(answer, clock);
      // A server that answers at once after all has not watched, and must not be asked without a pause.
      const wasHeld = isHeld && clock.now() - askedAt >= LEAST_HELD_MS;
      if (!wasHeld || !result.ok || result.value.kind !== "pending") return result;
      return { ok: true, value: { ...result.value, wasHeld } };
    },
    async cancel(question) {
      if (paths.cancel === undefined) return { ok: true, value: "unsupported" };
      return toCancel(
        await send("post", paths.cancel, { json: namesOf(question), deadlineMs: DEADLINES_MS.cancel }),
        clock,
      );
    },
  };
}

/** A question that took this long was held. */
const LEAST_HELD_MS = 10_000;

/** The fields of the contract: `mode` is our own word for what the attachments say already. */
function bodyOf(request: ResolvedVideoRequest): Record<string, unknown> {
  const { mode: _, ...body } = request;
  return body;
}

/** How the routes are told which job is meant. */
function namesOf({ job, model }: JobQuestion): Record<string, string> {
  const { requestId, provider } = job;
  return { requestId, modelId: model, ...(provider === undefined ? {} : { provider }) };
}

/** A refusal is certain: our routes check everything before they call a provider. Everything else may have been accepted. */
function toSubmit(answer: HttpAnswer, clock: Clock): CallResult<SubmitResult> {
  if (answer.kind === "none") return unanswered(answer.cause);
  if (answer.status >= 400) return failure(isRefusal(answer) ? "not-done" : "unknown", errorOf(answer, clock));
  const parsed = parseSubmitAnswer(answer.body);
  if (parsed.kind === "unreadable") return failure("unknown", videoErrorData("protocol-mismatch"));
  if (parsed.kind === "failed" && UNSURE_CODES.has(parsed.error.code)) return failure("unknown", parsed.error);
  return { ok: true, value: parsed };
}

/** Codes that leave it open whether a job exists, or that say that the first submit under this key is still under way. */
const UNSURE_CODES: ReadonlySet<VideoErrorCode> = new Set<VideoErrorCode>([
  "submission-unknown",
  "internal",
  "unreachable",
  "timed-out",
  "protocol-mismatch",
  "already-running",
]);

/** Without a code of ours only the status speaks, and a gateway may give 408 or 5xx for a request that the route has received. */
function isRefusal({ status, body }: Answered): boolean {
  const named = parseErrorAnswer(body)?.code;
  if (named !== undefined) return !UNSURE_CODES.has(named);
  return status < 500 && status !== 408 && status !== 409;
}

/** Whatever goes wrong with a question says nothing about the job. */
function toStatus(answer: HttpAnswer, clock: Clock): CallResult<JobAnswer> {
  if (answer.kind === "none") return unanswered(answer.cause);
  if (answer.status >= 400) return failure("not-done", errorOf(answer, clock));
  const parsed = parseStatusAnswer(answer.body);
  if (parsed.kind === "unreadable") return failure("not-done", videoErrorData("protocol-mismatch"));
  if (parsed.kind !== "pending") return { ok: true, value: parsed };
  return {
    ok: true,
    value: { kind: "pending", ...(parsed.pollAfterMs === undefined ? {} : { hintMs: parsed.pollAfterMs }) },
  };
}

function toCancel(answer: HttpAnswer, clock: Clock): CallResult<CancelAnswer> {
  if (answer.kind === "none") return unanswered(answer.cause);
  if (answer.status >= 400) return failure("unknown", errorOf(answer, clock));
  const said = isRecord(answer.body) ? answer.body["canceled"] : undefined;
  const known: readonly CancelAnswer[] = ["removed", "requested", "too-late", "unsupported"];
  return { ok: true, value: known.find((answerOfRoute) => answerOfRoute === said) ?? "unsupported" };
}

function errorOf({ status, body, retryAfter }: Answered, clock: Clock): VideoErrorData {
  const { code, retryable, message, ...said } = parseErrorAnswer(body) ?? {};
  const retryAfterMs = retryAfterMsOf(retryAfter, clock.now()) ?? said.retryAfterMs;
  return videoErrorData(code ?? codeOfStatus(status), {
    ...(message === undefined ? {} : { message }),
    ...(code === undefined || retryable === undefined ? {} : { retryable }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

function unanswered(cause: "no-answer" | "not-signed-in"): CallResult<never> {
  if (cause === "not-signed-in") return failure("not-done", videoErrorData("not-signed-in"));
  return failure("unknown", videoErrorData("unreachable"));
}

function failure(certainty: "not-done" | "unknown", error: VideoErrorData): CallResult<never> {
  return { ok: false, certainty, error };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
