// A scripted provider on simulated time. It speaks no protocol: testing/providers/ does.
import { videoErrorData, type VideoErrorCode } from "../errors.ts";
import type { CallResult, CancelAnswer, JobAnswer, SubmitResult, VideoApi } from "../ports.ts";
import type { Clock } from "../platform-ports.ts";
import { createFaultQueue, type Fault } from "./fault.ts";

/** How a job goes. `immediate`: the submit is answered with the video. `never`: the job stays pending. `empty`: it ends without a video. */
export type JobScenario = "finish" | "immediate" | "never" | "empty" | { readonly fail: VideoErrorCode } | RefusedJob;

/** A job about which the route refuses to tell, with this status and text, until a video comes all the same. */
export interface RefusedJob {
  readonly refuse: number;
  readonly text: string;
  /** Milliseconds after the job's own time. Default: no video ever comes. */
  readonly lateMs?: number | undefined;
}

/** A job of the fake. */
export interface FakeJob {
  readonly requestId: string;
  readonly key: string;
  readonly scenario: JobScenario;
  readonly submittedAt: number;
  isCanceled: boolean;
}

/** A VideoApi for tests. */
export interface FakeVideoApi extends VideoApi {
  /** Every job that was accepted, in order. */
  readonly jobs: readonly FakeJob[];
  /** How often each method was called. */
  readonly calls: Readonly<Record<ApiMethod, number>>;
  /** Sets how the next job goes. Default: it finishes. */
  playNext(scenario: JobScenario): void;
  /** Sets the answer to cancels. Default `removed`, and `too-late` for a job whose end was told. */
  answerCancelWith(answer: CancelAnswer): void;
  failNext(method: ApiMethod, fault: Fault): void;
}

type ApiMethod = "submit" | "status" | "cancel";

/** Options of the fake. */
export interface FakeVideoApiOptions {
  readonly clock: Clock;
  /** Milliseconds from submit to video. Default 90,000. */
  readonly jobMs?: number | undefined;
  /** Milliseconds for which a question is held while the job runs. Default 0: each is answered at once. */
  readonly holdMs?: number | undefined;
  /** Whether a repeated key gets the first job again. Default false. */
  readonly isSubmitRepeatable?: boolean | undefined;
}

const LEFT: CallResult<never> = { ok: false, certainty: "unknown", error: videoErrorData("unreachable") };
const CALLED_OFF: CallResult<never> = { ok: false, certainty: "not-done", error: videoErrorData("canceled") };

/** Creates a provider whose jobs finish after `jobMs`. */
export function createFakeVideoApi({
  clock,
  jobMs = 90_000,
  holdMs = 0,
  isSubmitRepeatable = false,
}: FakeVideoApiOptions): FakeVideoApi {
  const jobs: FakeJob[] = [];
  const scenarios: JobScenario[] = [];
  const calls = { submit: 0, status: 0, cancel: 0 };
  const faults = createFaultQueue<ApiMethod>();
  let cancelAnswer: CancelAnswer = "removed";
  /** Jobs whose end was told to a caller: too late to remove. */
  const told = new Set<FakeJob>();

  const submit = (key: string): CallResult<SubmitResult> => {
    const known = isSubmitRepeatable ? jobs.find((job) => job.key === key) : undefined;
    const job = known ?? {
      requestId: `job-${jobs.length + 1}`,
      key,
      scenario: scenarios.shift() ?? "finish",
      submittedAt: clock.now(),
      isCanceled: false,
    };
    if (known === undefined) jobs.push(job);
    const offer = holdMs > 0 ? { canHold: true } : {};
    const { requestId } = job;
    return done(job.scenario === "immediate" ? finished(job) : { kind: "accepted", job: { requestId }, ...offer });
  };

  const status = (requestId: string): CallResult<JobAnswer> => {
    const job = jobs.find((candidate) => candidate.requestId === requestId);
    if (job === undefined) return { ok: false, certainty: "not-done", error: videoErrorData("not-found") };
    const answer = answerOf(job, clock.now() - job.submittedAt - jobMs);
    if (answer.kind !== "pending" && answer.kind !== "refused") told.add(job);
    return done(answer);
  };

  /** The answer once the job has ended, or the question was held long enough, or its caller has hung up. */
  const held = async (requestId: string, signal: AbortSignal): Promise<CallResult<JobAnswer>> => {
    const askedAt = clock.now();
    const endsAt = (jobs.find((job) => job.requestId === requestId)?.submittedAt ?? 0) + jobMs;
    await waited(clock, Math.min(holdMs, endsAt - askedAt), signal);
    if (signal.aborted) return LEFT;
    const answer = status(requestId);
    const wasHeld = clock.now() > askedAt;
    if (!answer.ok || (answer.value.kind !== "pending" && answer.value.kind !== "finished")) return answer;
    return done({ ...answer.value, wasHeld });
  };

  const cancel = (requestId: string): CallResult<CancelAnswer> => {
    const job = jobs.find((candidate) => candidate.requestId === requestId);
    if (job === undefined || cancelAnswer !== "removed") return done(cancelAnswer);
    if (told.has(job)) return done("too-late");
    job.isCanceled = true;
    return done("removed");
  };

  return {
    isSubmitRepeatable,
    jobs,
    calls,
    playNext: (scenario) => void scenarios.push(scenario),
    answerCancelWith: (answer) => void (cancelAnswer = answer),
    failNext: faults.failNext,
    submit(_request, { key, signal }) {
      calls.submit++;
      if (signal?.aborted === true) return Promise.resolve(CALLED_OFF);
      return faults.meet("submit", () => submit(key));
    },
    async status({ job }, { signal }) {
      calls.status++;
      return await faults.meet("status", () => (holdMs > 0 ? held(job.requestId, signal) : status(job.requestId)));
    },
    cancel({ job }) {
      calls.cancel++;
      return faults.meet("cancel", () => cancel(job.requestId));
    },
  };
}

function waited(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (ms <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = clock.setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clock.clearTimeout(timer);
      resolve();
    });
  });
}

function answerOf(job: FakeJob, overMs: number): JobAnswer {
  if (job.isCanceled) return { kind: "failed", error: videoErrorData("canceled") };
  if (overMs < 0 || job.scenario === "never") return { kind: "pending" };
  if (typeof job.scenario === "object" && "refuse" in job.scenario) {
    const { refuse: status, text, lateMs = Infinity } = job.scenario;
    return overMs >= lateMs ? finished(job) : { kind: "refused", status, text };
  }
  if (typeof job.scenario === "object") return { kind: "failed", error: videoErrorData(job.scenario.fail) };
  return job.scenario === "empty" ? { kind: "finished", videos: [] } : finished(job);
}

function finished({ requestId }: FakeJob): Extract<JobAnswer, { kind: "finished" }> {
  return { kind: "finished", videos: [`https://videos.test/${requestId}.mp4`] };
}

function done<T>(value: T): CallResult<T> {
  return { ok: true, value };
}
