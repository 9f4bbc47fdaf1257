// The app's routes as a VideoApi, over ky: one request per call, with its own deadline and a fresh token. Decides nothing about money.
import { parseErrorAnswer, parseRefusal, parseStatusAnswer, parseSubmitAnswer } from "../protocol.ts";
import { videoErrorData, type VideoErrorData } from "../errors.ts";
import type { CallResult, CancelAnswer, Certainty, JobAnswer, JobQuestion, SubmitResult, VideoApi } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { bareStatusOf, canBeVerdict, isAboutTheCall, UNSURE_CODES } from "./answer-table.ts";
import { extraOf } from "./extra-body.ts";
import { createHeldQuestions, markHeld, offering, WAIT_SECONDS } from "./held-questions.ts";
import { routesOf } from "./plan-routes.ts";
import { planned } from "./planned.ts";
import { readRouteError } from "./read-route-error.ts";
import type { RoutedJob, RouteMap, RouteQuestion } from "./route-map.ts";
import { createSend, type Http, type HttpAnswer } from "./send.ts";
import { isObject } from "../value-kinds.ts";

/** What the adapter needs. */
export interface HttpVideoApiOptions {
  readonly http: Http;
  readonly clock: Clock;
  /** Default: those of the plan. */
  readonly routes?: RouteMap | undefined;
  /** How many questions the server may hold at once. Default: no limit. */
  readonly maxHeldQuestions?: number | undefined;
}

type Answered = Extract<HttpAnswer, { kind: "answered" }>;
type Unanswered = Extract<HttpAnswer, { kind: "none" }>;

/** Milliseconds until a request counts as unanswered. A submit may upload and queue; a status question is short, unless the server holds it. */
const DEADLINES_MS = { submit: 60_000, status: 15_000, heldStatus: WAIT_SECONDS * 1000 + 20_000, cancel: 15_000 };

/** The routes as a {@link VideoApi}. */
export function createHttpVideoApi(options: HttpVideoApiOptions): VideoApi {
  const { clock, routes: map = {} } = options;
  const { isSubmitRepeatable = false, verdictStatuses = [], extraBody } = map;
  const routes = routesOf(map);
  const send = createSend(options.http, clock);
  const held = createHeldQuestions(options.maxHeldQuestions);
  return {
    isSubmitRepeatable,
    expectSubmit: send.askAhead,
    async submit(request, { key, credits, signal: beforeSent }) {
      const call = planned("submit", () => routes.submit(request));
      if ("error" in call) return failure("not-done", call.error);
      const extra = await extraOf(extraBody, { clock, signal: beforeSent });
      if ("kind" in extra) return unanswered(extra);
      const own = isSubmitRepeatable ? { idempotencyKey: key, credits } : {};
      // A route of another origin that knows no key may not let this header pass.
      const headers = map.isSubmitRepeatable === false ? {} : { "idempotency-key": key };
      const json = { ...extra.body, ...call.body, ...own };
      const sent = { json, headers, beforeSent, mayBeEarly: true, deadlineMs: DEADLINES_MS.submit };
      const answer = await send("post", call.path, sent);
      held.learn(answer, false);
      return offering(named(toSubmit(answer), request.model, call.body), held);
    },
    async status(question, { signal, needsFreshToken }) {
      const asked = planned("status", () => routes.status(routed(question)));
      if ("error" in asked) return failure("not-done", asked.error);
      const release = held.hold();
      const isHeld = release !== undefined;
      const names = givenIn(asked.query);
      const searchParams = isHeld ? { ...names, wait: String(WAIT_SECONDS) } : names;
      const deadlineMs = isHeld ? DEADLINES_MS.heldStatus : DEADLINES_MS.status;
      const askedAt = clock.now();
      const answer = await send("get", asked.path, { searchParams, signal, needsFreshToken, deadlineMs });
      release?.();
      // A question that was aborted says nothing about the server.
      if (!signal.aborted) held.learn(answer, isHeld);
      const result = toStatus(answer, verdictStatuses);
      return isHeld ? markHeld(result, clock.now() - askedAt) : offering(result, held);
    },
    async cancel(question) {
      const { cancel } = routes;
      if (cancel === undefined) return { ok: true, value: "unsupported" };
      const call = planned("cancel", () => cancel(routed(question)));
      if ("error" in call) return failure("not-done", call.error);
      return toCancel(await send("post", call.path, { json: call.body, deadlineMs: DEADLINES_MS.cancel }));
    },
  };
}

function routed({ job, model }: JobQuestion): RoutedJob {
  return { ...job, model, modelId: job.modelId ?? model };
}

/** Without empty members: an older ky would send them as the text "undefined". */
function givenIn(query: RouteQuestion["query"]): Record<string, string> {
  const given: Record<string, string> = {};
  for (const name of Object.keys(query)) if (query[name] !== undefined) given[name] = query[name];
  return given;
}

/** The job is asked about under the model's name in the body, where that is another one. */
function named(result: CallResult<SubmitResult>, model: string, body: object): CallResult<SubmitResult> {
  const modelId = "model" in body ? body.model : undefined;
  if (!result.ok || result.value.kind !== "accepted" || typeof modelId !== "string" || modelId === model) return result;
  const { job } = result.value;
  return { ok: true, value: { kind: "accepted", job: { ...job, modelId } } };
}

/** A refusal is certain: our routes check everything before they call a provider. Any other failure may hide an accepted job. */
function toSubmit(answer: HttpAnswer): CallResult<SubmitResult> {
  if (answer.kind === "none") return unanswered(answer);
  if (answer.status >= 400) return failure(isRefusal(answer) ? "not-done" : "unknown", readRouteError(answer));
  const parsed = parseSubmitAnswer(answer.body);
  if (parsed.kind === "unreadable") return failure("unknown", videoErrorData("protocol-mismatch"));
  if (parsed.kind === "failed" && UNSURE_CODES.has(parsed.error.code)) return failure("unknown", parsed.error);
  if (parsed.kind === "failed" && isAboutTheCall(parsed.error.code)) return failure("not-done", parsed.error);
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
  if (parsed.kind === "failed" && isAboutTheCall(parsed.error.code)) return failure("not-done", parsed.error);
  if (parsed.kind !== "pending") return { ok: true, value: parsed };
  const { kind, pollAfterMs: hintMs } = parsed;
  return { ok: true, value: hintMs === undefined ? { kind } : { kind, hintMs } };
}

function toCancel(answer: HttpAnswer): CallResult<CancelAnswer> {
  if (answer.kind === "none") return unanswered(answer);
  if (answer.status >= 400) return failure("unknown", readRouteError(answer));
  const said = isObject(answer.body) ? answer.body["canceled"] : undefined;
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
