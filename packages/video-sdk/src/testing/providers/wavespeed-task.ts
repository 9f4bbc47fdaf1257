// One task of the simulated WaveSpeedAI and its record, as a function of the time. Knows nothing of routing or keys.
import { playCallFault, type CallFault } from "./call-fault.ts";
import type { WebhookFault, WebhookSource } from "./due-webhooks.ts";
import type { WavespeedEnd, WavespeedScenario } from "./wavespeed-scenarios.ts";

/** The states WaveSpeedAI knows. */
export type WavespeedTaskState = "created" | "processing" | "completed" | WavespeedEnd;

/** A task as submitted. */
export interface WavespeedTask {
  readonly id: string;
  /** What it was submitted to, such as `vendor/model/image-to-video`. */
  readonly model: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Milliseconds, from the clock that was passed in. */
  readonly createdAt: number;
  /** Where its webhook goes, if it has one. */
  readonly webhookUrl?: string | undefined;
}

/** A task with what the simulation keeps about it. Times are milliseconds. */
export interface WavespeedTaskRecord {
  readonly task: WavespeedTask;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly failure: WavespeedScenario["failure"];
  readonly outputs: readonly unknown[];
  readonly faults: CallFault[];
  readonly webhook: WebhookFault | undefined;
}

/** What a new record is made of, beside the task. */
export interface WavespeedTaskPlan {
  readonly scenario: WavespeedScenario;
  readonly queueMs: number;
  readonly jobMs: number;
  readonly videoUrl: string;
}

/** The record of a task that has just been submitted. */
export function startWavespeedTask(
  task: WavespeedTask,
  { scenario, queueMs, jobMs, videoUrl }: WavespeedTaskPlan,
): WavespeedTaskRecord {
  const startsAt = task.createdAt + queueMs;
  return {
    task,
    startsAt,
    endsAt: scenario.neverEnds === true ? Number.POSITIVE_INFINITY : startsAt + jobMs,
    failure: scenario.failure,
    outputs: scenario.outputs ?? [videoUrl],
    faults: [...(scenario.result ?? [])],
    webhook: scenario.webhook,
  };
}

/** The state of a task at a time. */
export function wavespeedTaskStateAt(record: WavespeedTaskRecord, now: number): WavespeedTaskState {
  if (now >= record.endsAt) return record.failure?.status ?? "completed";
  return now < record.startsAt ? "created" : "processing";
}

/** Answers GET .../result, or its fault. A failed task is HTTP 200 as well. */
export function answerWavespeedResult(record: WavespeedTaskRecord, now: number): Response {
  const fault = record.faults.shift();
  return fault === undefined ? wavespeedAnswer(record, now) : playCallFault(fault);
}

/** The one shape of a submit's and a result's answer. */
export function wavespeedAnswer(record: WavespeedTaskRecord, now: number): Response {
  return Response.json({ code: 200, message: "success", data: taskAt(record, now) });
}

/** A task as far as its webhook is concerned: there is one when it has completed or failed. */
export function wavespeedWebhookSource(record: WavespeedTaskRecord): WebhookSource {
  const { task, webhook, failure, startsAt, endsAt } = record;
  const isTold = failure === undefined || failure.status === "failed";
  return {
    jobId: task.id,
    url: isTold ? task.webhookUrl : undefined,
    fault: webhook,
    startsAt,
    endsAt,
    body: () => ({ ...taskAt(record, endsAt), input: task.input }),
  };
}

function taskAt(record: WavespeedTaskRecord, now: number): object {
  const { task, failure, startsAt, endsAt } = record;
  const status = wavespeedTaskStateAt(record, now);
  const outputs = status === "completed" ? record.outputs : [];
  return {
    id: task.id,
    model: task.model,
    status,
    outputs,
    urls: { get: `https://api.wavespeed.ai/api/v3/predictions/${task.id}/result` },
    has_nsfw_contents: status === "failed" && failure?.isFlagged === true ? [true] : outputs.map(() => false),
    error: now >= endsAt ? (failure?.error ?? "") : "",
    created_at: new Date(task.createdAt).toISOString(),
    timings: { inference: now >= endsAt ? endsAt - startsAt : 0 },
  };
}
