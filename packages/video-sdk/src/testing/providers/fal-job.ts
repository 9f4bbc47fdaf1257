// One job of the simulated fal queue and the answers about it, as functions of the time. Knows nothing of routing or keys.
import { playCallFault, type CallFault } from "./call-fault.ts";
import type { WebhookFault, WebhookSource } from "./due-webhooks.ts";
import { FAL_SCENARIOS, type FalFailure, type FalScenario } from "./fal-scenarios.ts";
import type { JsonObject } from "./incoming-request.ts";

/** The three states fal knows. COMPLETED also stands for failed and cancelled. */
export type FalJobState = "IN_QUEUE" | "IN_PROGRESS" | "COMPLETED";

/** A job as submitted. */
export interface FalJob {
  readonly id: string;
  /** What it was submitted to, such as `fal-ai/veo3.1/fast`. */
  readonly endpoint: string;
  /** Namespace, owner and app only, such as `fal-ai/veo3.1` or `workflows/me/reel`: the part under which the job is asked for. */
  readonly app: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Milliseconds, from the clock that was passed in. */
  readonly submittedAt: number;
  /** Where its webhook goes, if it has one. */
  readonly webhookUrl?: string | undefined;
}

/** A job with what the simulation keeps about it. Times are milliseconds. */
export interface FalJobRecord {
  readonly job: FalJob;
  readonly startsAt: number;
  readonly endsAt: number;
  /** Body of the result when it goes well. */
  readonly output: unknown;
  readonly failure: FalFailure | undefined;
  readonly ignoresCancel: boolean;
  readonly statusFaults: CallFault[];
  readonly resultFaults: CallFault[];
  readonly webhook: WebhookFault | undefined;
  /** When a cancel was taken. From then on no time changes the state any more. */
  cancelledAt: number | undefined;
}

/** A line of a job's log, as fal has it. */
export interface FalLog {
  readonly message: string;
  readonly level: "INFO" | "ERROR";
  readonly source: "USER";
  /** ISO 8601. */
  readonly timestamp: string;
}

/** What a new record is made of, beside the job. */
export interface FalJobPlan {
  readonly scenario: FalScenario;
  readonly queueMs: number;
  readonly jobMs: number;
  readonly videoUrl: string;
}

/** The record of a job that has just been submitted. */
export function startFalJob(job: FalJob, { scenario, queueMs, jobMs, videoUrl }: FalJobPlan): FalJobRecord {
  const startsAt = job.submittedAt + queueMs;
  return {
    job,
    startsAt,
    endsAt: scenario.neverEnds === true ? Number.POSITIVE_INFINITY : startsAt + jobMs,
    output: scenario.output ?? { video: { url: videoUrl, content_type: "video/mp4", file_name: `${job.id}.mp4` } },
    failure: scenario.failure,
    ignoresCancel: scenario.ignoresCancel === true,
    statusFaults: [...(scenario.status ?? [])],
    resultFaults: [...(scenario.result ?? [])],
    webhook: scenario.webhook,
    cancelledAt: undefined,
  };
}

/** The state of a job at a time. */
export function falJobStateAt({ cancelledAt, startsAt, endsAt }: FalJobRecord, now: number): FalJobState {
  if (cancelledAt !== undefined || now >= endsAt) return "COMPLETED";
  return now < startsAt ? "IN_QUEUE" : "IN_PROGRESS";
}

/** What a job has logged by a time: a line when it starts, one half-way, one when it ends. */
export function falLogsAt(record: FalJobRecord, now: number): FalLog[] {
  const { startsAt, endsAt, cancelledAt = Number.POSITIVE_INFINITY } = record;
  const failure = failureOf(record);
  const end = failure === undefined ? "Finished" : (failure.error ?? `Invalid status code: ${failure.status}`);
  const lines = [
    { at: startsAt, message: "Started", level: "INFO" },
    { at: (startsAt + endsAt) / 2, message: "50 %", level: "INFO" },
    { at: endsAt, message: end, level: failure === undefined ? "INFO" : "ERROR" },
  ] as const;
  return lines
    .filter(({ at }) => at <= now && at < cancelledAt)
    .map(({ at, message, level }) => ({ message, level, source: "USER", timestamp: new Date(at).toISOString() }));
}

/** The addresses under which a job is asked for: owner and app only, whatever it was submitted to. */
export function falJobUrls({ app, id }: FalJob): Record<"status_url" | "response_url" | "cancel_url", string> {
  const url = `https://queue.fal.run/${app}/requests/${id}`;
  return { status_url: `${url}/status`, response_url: url, cancel_url: `${url}/cancel` };
}

/** Answers GET .../status. */
export function answerFalStatus(record: FalJobRecord, now: number, withLogs: boolean): Response {
  const fault = record.statusFaults.shift();
  if (fault !== undefined) return playCallFault(fault);
  const body = { ...falStatusAt(record, now), logs: withLogs ? falLogsAt(record, now) : null };
  return Response.json(body, { status: body.status === "COMPLETED" ? 200 : 202 });
}

/** The body of a status, without its logs. */
export function falStatusAt(record: FalJobRecord, now: number): JsonObject & { readonly status: FalJobState } {
  const status = falJobStateAt(record, now);
  const body = { status, request_id: record.job.id, ...falJobUrls(record.job) };
  if (status === "IN_QUEUE") return { ...body, queue_position: 0 };
  if (status === "IN_PROGRESS") return body;
  const { error, errorType } = failureOf(record) ?? {};
  const metrics = { inference_time: (record.endsAt - record.startsAt) / 1000 };
  // JSON leaves undefined out, as fal does for a job that went well.
  return { ...body, metrics, error, error_type: errorType };
}

/** Answers GET of the result: the raw output, or the status and body the job failed with. */
export function answerFalResult(record: FalJobRecord, now: number): Response {
  if (falJobStateAt(record, now) !== "COMPLETED") return falDetail(400, "Request is still in progress");
  const fault = record.resultFaults.shift();
  if (fault !== undefined) return playCallFault(fault);
  const headers = new Headers({ "x-fal-request-id": record.job.id });
  const failure = failureOf(record);
  if (failure === undefined) {
    headers.set("x-fal-billable-units", "1");
    return Response.json(record.output, { headers });
  }
  if (failure.retryable !== undefined) headers.set("x-fal-retryable", String(failure.retryable));
  return Response.json(failure.body, { status: failure.status, headers });
}

/** Answers PUT .../cancel, and cancels the job unless its scenario ignores that. */
export function answerFalCancel(record: FalJobRecord, now: number): Response {
  const state = falJobStateAt(record, now);
  if (state === "COMPLETED") return Response.json({ status: "ALREADY_COMPLETED" }, { status: 400 });
  if (!record.ignoresCancel) record.cancelledAt = now;
  if (state === "IN_QUEUE") return Response.json({ status: "OK" });
  return Response.json({ status: "CANCELLATION_REQUESTED" }, { status: 202 });
}

/** An error of fal's own: a text, or one entry per field. */
export function falDetail(status: number, detail: unknown): Response {
  return Response.json({ detail }, { status });
}

/** A job as far as its webhook is concerned. One that was taken out of the queue never ran, and says nothing. */
export function falWebhookSource(record: FalJobRecord): WebhookSource {
  const { job, webhook, startsAt, endsAt, cancelledAt } = record;
  const neverRan = cancelledAt !== undefined && cancelledAt < startsAt;
  return {
    jobId: job.id,
    url: job.webhookUrl,
    fault: webhook,
    startsAt,
    endsAt: neverRan ? Number.POSITIVE_INFINITY : (cancelledAt ?? endsAt),
    body: () => webhookBody(record),
  };
}

function webhookBody(record: FalJobRecord): object {
  const ids = { request_id: record.job.id, gateway_request_id: record.job.id };
  const failure = failureOf(record);
  if (failure === undefined) return { ...ids, status: "OK", payload: record.output };
  return { ...ids, status: "ERROR", error: `Invalid status code: ${failure.status}`, payload: failure.body };
}

function failureOf({ cancelledAt, failure }: FalJobRecord): FalFailure | undefined {
  return cancelledAt === undefined ? failure : FAL_SCENARIOS.cancelled.failure;
}
