// One task of the simulated kie.ai and its record, as a function of the time. Knows nothing of routing or keys.
import { playCallFault, type CallFault } from "./call-fault.ts";
import type { WebhookFault, WebhookSource } from "./due-webhooks.ts";
import { kieCode, type KieScenario } from "./kie-scenarios.ts";

/** The states kie knows. */
export type KieTaskState = "waiting" | "queuing" | "generating" | "success" | "fail";

/** A task as created. */
export interface KieTask {
  readonly id: string;
  readonly model: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** Milliseconds, from the clock that was passed in. */
  readonly createdAt: number;
  /** Where its callback goes, if it has one. */
  readonly callBackUrl?: string | undefined;
}

/** A task with what the simulation keeps about it. Times are milliseconds. */
export interface KieTaskRecord {
  readonly task: KieTask;
  /** Until then recordInfo answers as if there were no such task. */
  readonly knownAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly failure: KieScenario["failure"];
  readonly resultJson: string;
  readonly faults: CallFault[];
  readonly webhook: WebhookFault | undefined;
}

/** What a new record is made of, beside the task. */
export interface KieTaskPlan {
  readonly scenario: KieScenario;
  readonly graceMs: number;
  readonly queueMs: number;
  readonly jobMs: number;
  readonly videoUrl: string;
}

/** The record of a task that has just been created. */
export function startKieTask(
  task: KieTask,
  { scenario, graceMs, queueMs, jobMs, videoUrl }: KieTaskPlan,
): KieTaskRecord {
  const startsAt = task.createdAt + queueMs;
  return {
    task,
    knownAt: task.createdAt + graceMs,
    startsAt,
    endsAt: scenario.neverEnds === true ? Number.POSITIVE_INFINITY : startsAt + jobMs,
    failure: scenario.failure,
    resultJson: scenario.resultJson ?? JSON.stringify({ resultUrls: [videoUrl] }),
    faults: [...(scenario.record ?? [])],
    webhook: scenario.webhook,
  };
}

/** The state of a task at a time. The first half of the queue is `waiting`. */
export function kieTaskStateAt({ task, startsAt, endsAt, failure }: KieTaskRecord, now: number): KieTaskState {
  if (now >= endsAt) return failure === undefined ? "success" : "fail";
  if (now >= startsAt) return "generating";
  return now < (task.createdAt + startsAt) / 2 ? "waiting" : "queuing";
}

/** Answers GET recordInfo. */
export function answerKieRecord(record: KieTaskRecord, now: number): Response {
  if (now < record.knownAt) return kieAnswer(422, "recordInfo is null");
  const fault = record.faults.shift();
  if (fault !== undefined) return playCallFault(fault);
  return kieAnswer(200, "success", recordAt(record, now));
}

/** A task as far as its callback is concerned. The body is that of recordInfo. */
export function kieWebhookSource(record: KieTaskRecord): WebhookSource {
  const { task, webhook, startsAt, endsAt } = record;
  const body = () => ({ code: 200, msg: "success", data: recordAt(record, endsAt) });
  return { jobId: task.id, url: task.callBackUrl, fault: webhook, startsAt, endsAt, body };
}

function recordAt(record: KieTaskRecord, now: number): object {
  const { task, failure, resultJson, endsAt } = record;
  const state = kieTaskStateAt(record, now);
  const isOver = state === "success" || state === "fail";
  return {
    taskId: task.id,
    model: task.model,
    state,
    param: JSON.stringify({ model: task.model, input: task.input }),
    resultJson: state === "success" ? resultJson : null,
    failCode: state === "fail" ? failure?.failCode : null,
    failMsg: state === "fail" ? failure?.failMsg : null,
    costTime: isOver ? Math.round((endsAt - task.createdAt) / 1000) : null,
    completeTime: isOver ? endsAt : null,
    createTime: task.createdAt,
  };
}

/** An answer of kie's: HTTP 200, and the status inside. */
export function kieAnswer(code: number, msg: string, data: unknown = null): Response {
  return code === 200 ? Response.json({ code, msg, data }) : playCallFault(kieCode(code, msg));
}
