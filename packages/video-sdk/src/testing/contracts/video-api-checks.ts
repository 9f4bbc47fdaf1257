// What every video API must do: one paid call per key, and answers that say what is known.
import type { ResolvedVideoRequest } from "@video-engine/video-models";
import type { CallResult, JobAnswer, JobQuestion, SubmitResult, VideoApi } from "../../ports.ts";
import { answerOf, expectSame, expectThat, valueOf, type Checks, type LostCall } from "./contract-case.ts";

/** A method of a video API. */
export type ApiMethod = "submit" | "status" | "cancel";

/** A video API over a provider without jobs, and a way to see and to move the provider without it. */
export interface VideoApiUnderTest {
  readonly api: VideoApi;
  /** Jobs that the provider has taken. */
  readonly countJobs: () => number | Promise<number>;
  /** Lets the next job that is submitted end without a video. */
  readonly failNextJob: () => void;
  /** Lets so much time pass that every job has ended. */
  readonly finishJobs: () => void | Promise<void>;
  /** Lets the next call of this method be lost. Needed where the options name `faults`. */
  readonly failNext?: ((method: ApiMethod, fault: LostCall) => void) | undefined;
  /** Calls back once the next call has arrived, before it is answered. Needed where the options say `seesArrivals`. */
  readonly onNextArrival?: ((listener: () => void) => void) | undefined;
}

/** Checks of a video API. */
export type ApiChecks = Checks<VideoApiUnderTest>;

/** What keys begin with: routes may want them as long as the engine's own. */
export const KEY_PREFIX = "contract-of-a-video-api-";

/** The checks of a video API that is given this request. */
export function createApiChecks(request: ResolvedVideoRequest): Readonly<Record<ApiCheckGroup, ApiChecks>> {
  const submit: Submit = ({ api }, name, signal = openSignal()) =>
    answerOf("submit", () => api.submit(request, { key: KEY_PREFIX + name, signal }));
  const accepted = async (subject: VideoApiUnderTest, key: string): Promise<JobQuestion> =>
    questionOf(await valueOf("submit", () => submit(subject, key)), request);
  return {
    every: { ...jobChecks(accepted), ...cancelChecks(accepted), ...calledOffChecks(submit, accepted) },
    repeatable: repeatChecks(submit, accepted),
    arrivals: arrivalChecks(submit),
    "request-lost": lostChecks("request-lost", submit, accepted),
    "answer-lost": lostChecks("answer-lost", submit, accepted),
  };
}

type ApiCheckGroup = "every" | "repeatable" | "arrivals" | LostCall;
type Submit = (subject: VideoApiUnderTest, key: string, signal?: AbortSignal) => Promise<CallResult<SubmitResult>>;
type Accepted = (subject: VideoApiUnderTest, key: string) => Promise<JobQuestion>;

function jobChecks(accepted: Accepted): ApiChecks {
  return {
    "a submit makes one job, which is pending": async (subject) => {
      const question = await accepted(subject, "one");
      expectSame(await subject.countJobs(), 1, "jobs after a submit");
      expectSame((await statusOf(subject, question)).kind, "pending", "a job under way");
    },
    "submits under two keys make two jobs, each with its own end": async (subject) => {
      subject.failNextJob();
      const failing = await accepted(subject, "fails");
      const finishing = await accepted(subject, "finishes");
      expectSame(await subject.countJobs(), 2, "jobs after two submits");
      await subject.finishJobs();
      expectSame((await statusOf(subject, failing)).kind, "failed", "a job that has failed");
      expectSame((await statusOf(subject, finishing)).kind, "finished", "a job that has ended");
    },
    "a job that has ended has an https address for its video": async (subject) => {
      const question = await accepted(subject, "video");
      await subject.finishJobs();
      const answer = await statusOf(subject, question);
      const [url = ""] = answer.kind === "finished" ? answer.videos : [];
      expectThat(
        url.startsWith("https://"),
        `a job that has ended: expected its video, got ${JSON.stringify(answer)}.`,
      );
    },
    "a job that has failed says why": async (subject) => {
      subject.failNextJob();
      const question = await accepted(subject, "reason");
      await subject.finishJobs();
      const answer = await statusOf(subject, question);
      const isSaid = answer.kind === "failed" && answer.error.code.length > 0 && answer.error.message.length > 0;
      expectThat(isSaid, `a job that has failed: expected a code and a message, got ${JSON.stringify(answer)}.`);
    },
    "a question about a job that is not there is answered, and finds no video": async (subject) => {
      const { model } = await accepted(subject, "there");
      await subject.finishJobs();
      const question = { model, job: { requestId: "no-such-job" } };
      const answer = await answerOf("status", () => subject.api.status(question, { signal: openSignal() }));
      expectThat(!answer.ok || answer.value.kind !== "finished", "a job that is not there must have no video.");
      await answerOf("cancel", () => subject.api.cancel(question));
    },
  };
}

function cancelChecks(accepted: Accepted): ApiChecks {
  return {
    "a job of which a cancel said that it was removed brings no video": async (subject) => {
      const question = await accepted(subject, "removed");
      const answer = await valueOf("cancel", () => subject.api.cancel(question));
      const isKnown = ["removed", "requested", "too-late", "unsupported"].includes(answer);
      expectThat(isKnown, `cancel answered ${JSON.stringify(answer)}, which is none of its four words.`);
      await subject.finishJobs();
      const { kind } = await statusOf(subject, question);
      expectThat(answer !== "removed" || kind !== "finished", "cancel said removed, and the job brought a video.");
    },
    "a job whose video was told keeps it, whatever is canceled then": async (subject) => {
      const question = await accepted(subject, "ended");
      await subject.finishJobs();
      expectSame((await statusOf(subject, question)).kind, "finished", "a job that has ended");
      const answer = await answerOf("cancel", () => subject.api.cancel(question));
      expectThat(!answer.ok || answer.value !== "removed", "cancel said of a job that has ended that it was removed.");
      expectSame((await statusOf(subject, question)).kind, "finished", "a job that was canceled after its end");
    },
  };
}

function calledOffChecks(submit: Submit, accepted: Accepted): ApiChecks {
  return {
    "a submit that was called off before it was sent makes no job": async (subject) => {
      const result = await submit(subject, "called-off", abortedSignal());
      expectThat(!result.ok, "submit worked although its signal was aborted before.");
      expectSame(await subject.countJobs(), 0, "jobs after a submit that was called off");
    },
    "a question that was called off is answered": async (subject) => {
      const question = await accepted(subject, "asked");
      await answerOf("status", () => subject.api.status(question, { signal: abortedSignal() }));
      expectSame((await statusOf(subject, question)).kind, "pending", "the job, when it is asked about again");
    },
  };
}

function repeatChecks(submit: Submit, accepted: Accepted): ApiChecks {
  return {
    "a repeat under a known key gets the first job": async (subject) => {
      const first = await accepted(subject, "repeated");
      const second = await accepted(subject, "repeated");
      expectSame(await subject.countJobs(), 1, "jobs after a repeated submit");
      await subject.finishJobs();
      for (const question of [first, second])
        expectSame((await statusOf(subject, question)).kind, "finished", "the job of a repeated submit");
    },
    "of repeats at the same time, one makes a job": async (subject) => {
      await Promise.all(Array.from({ length: 5 }, () => submit(subject, "at-once")));
      expectSame(await subject.countJobs(), 1, "jobs after 5 submits under one key");
    },
  };
}

function arrivalChecks(submit: Submit): ApiChecks {
  return {
    "a submit that has been sent goes on, whatever its signal says": async (subject) => {
      const { onNextArrival } = subject;
      expectThat(onNextArrival !== undefined, "open() gave no onNextArrival. Leave out seesArrivals.");
      const controller = new AbortController();
      onNextArrival(() => controller.abort());
      const result = await submit(subject, "sent", controller.signal);
      expectThat(controller.signal.aborted, "onNextArrival did not call back.");
      expectThat(result.ok, "submit failed because its signal was aborted after it had been sent.");
      expectSame(await subject.countJobs(), 1, "jobs after a submit");
    },
  };
}

function lostChecks(fault: LostCall, submit: Submit, accepted: Accepted): ApiChecks {
  const isDone = fault === "answer-lost";
  const lose = ({ failNext }: VideoApiUnderTest, method: ApiMethod): void => {
    expectThat(failNext !== undefined, `open() gave no failNext. Leave ${fault} out of faults.`);
    failNext(method, fault);
  };
  return {
    [isDone
      ? "a submit whose answer is lost is unknown, and is not sent again"
      : "a submit that never arrived fails, and is not sent again"]: async (subject) => {
      lose(subject, "submit");
      const result = await submit(subject, `${fault}-submit`);
      expectThat(!result.ok, "a submit that was lost must fail.");
      if (isDone) expectSame(result.certainty, "unknown", "the certainty of a submit that made a job");
      expectSame(await subject.countJobs(), isDone ? 1 : 0, "jobs after a submit that was lost");
    },
    [isDone
      ? "a question whose answer is lost is no verdict on the job"
      : "a question that never arrived is no verdict on the job"]: async (subject) => {
      const question = await accepted(subject, `${fault}-status`);
      lose(subject, "status");
      const result = await answerOf("status", () => subject.api.status(question, { signal: openSignal() }));
      expectThat(!result.ok, "a question that was lost must fail.");
      expectSame((await statusOf(subject, question)).kind, "pending", "the job, when it is asked about again");
    },
    [isDone ? "a cancel whose answer is lost is unknown" : "a cancel that never arrived fails"]: async (subject) => {
      const question = await accepted(subject, `${fault}-cancel`);
      lose(subject, "cancel");
      const result = await answerOf("cancel", () => subject.api.cancel(question));
      expectThat(!result.ok, "a cancel that was lost must fail.");
      if (isDone) expectSame(result.certainty, "unknown", "the certainty of a cancel that may have been done");
    },
  };
}

function questionOf(result: SubmitResult, { model }: ResolvedVideoRequest): JobQuestion {
  const isAccepted = result.kind === "accepted" && result.job.requestId.length > 0;
  expectThat(isAccepted, `submit: expected an accepted job with a requestId, got ${JSON.stringify(result)}.`);
  return { job: result.job, model };
}

function statusOf({ api }: VideoApiUnderTest, question: JobQuestion): Promise<JobAnswer> {
  return valueOf("status", () => api.status(question, { signal: openSignal() }));
}

function openSignal(): AbortSignal {
  return new AbortController().signal;
}

function abortedSignal(): AbortSignal {
  const controller = new AbortController();
  controller.abort();
  return controller.signal;
}
