// The contract passes the fake video API, and finds each fault by the one rule that names it.
import { describe, expect, test } from "vitest";
import { videoErrorData } from "../../errors.ts";
import type { CallResult, VideoApi } from "../../ports.ts";
import { createFakeVideoApi, type FakeVideoApi } from "../fake-video-api.ts";
import { createTestClock } from "../test-clock.ts";
import { failedCases } from "./__fixtures__/failed-cases.ts";
import { KEY_PREFIX, type VideoApiUnderTest } from "./video-api-checks.ts";
import { videoApiContract, type VideoApiContractOptions } from "./video-api-contract.ts";

const JOB_MS = 90_000;

type Change = (good: FakeVideoApi) => Partial<VideoApi>;

/** The fake, which is sent a call a moment after it was made, so that a listener can come between. */
function open(isSubmitRepeatable: boolean, change: Change = () => ({})): VideoApiUnderTest {
  const clock = createTestClock();
  const good = createFakeVideoApi({ clock, jobMs: JOB_MS, isSubmitRepeatable });
  let listeners: (() => void)[] = [];
  const arriving: Partial<VideoApi> = {
    async submit(request, options) {
      const result = await good.submit(request, options);
      for (const listener of listeners) listener();
      listeners = [];
      return result;
    },
  };
  const arrived = { ...good, ...arriving };
  return {
    api: { ...arrived, ...change(arrived) },
    countJobs: () => good.jobs.length,
    failNextJob: () => good.playNext({ fail: "content-rejected" }),
    finishJobs: () => clock.advance(JOB_MS),
    failNext: good.failNext,
    onNextArrival: (listener) => void listeners.push(listener),
  };
}

function optionsFor(isSubmitRepeatable: boolean, change?: Change): VideoApiContractOptions {
  return {
    open: () => open(isSubmitRepeatable, change),
    isSubmitRepeatable,
    faults: ["request-lost", "answer-lost"],
    seesArrivals: true,
  };
}

describe.each([true, false])("the fake video API, whose submit may be repeated: %s", (isSubmitRepeatable) => {
  test.each(videoApiContract(optionsFor(isSubmitRepeatable)))("$name", async ({ run }) => {
    await expect(run()).resolves.toBeUndefined();
  });
});

const brokenRules = (change: Change, isSubmitRepeatable = false): Promise<readonly string[]> =>
  failedCases(videoApiContract(optionsFor(isSubmitRepeatable, change)));

/** A fault of submits under keys that begin like this: each rule has keys of its own. */
function ofSubmit(key: string, faulty: (good: FakeVideoApi) => VideoApi["submit"]): Change {
  return (good) => ({
    submit: (request, options) =>
      options.key.startsWith(KEY_PREFIX + key) ? faulty(good)(request, options) : good.submit(request, options),
  });
}

/** A fault of whatever is asked about a job that was submitted under this key. */
function about(key: string, faulty: (good: FakeVideoApi) => Partial<Pick<VideoApi, "status" | "cancel">>): Change {
  return (good) => {
    const isMeant = (requestId: string): boolean =>
      good.jobs.find((job) => job.requestId === requestId)?.key.startsWith(KEY_PREFIX + key) === true;
    const bad = faulty(good);
    const { status = good.status, cancel = good.cancel } = bad;
    return {
      status: (question, options) => (isMeant(question.job.requestId) ? status : good.status)(question, options),
      cancel: (question) => (isMeant(question.job.requestId) ? cancel : good.cancel)(question),
    };
  };
}

const ok = async <T>(value: T): Promise<CallResult<T>> => ({ ok: true, value });
const finished = () => ok({ kind: "finished", videos: ["https://videos.test/early.mp4"] } as const);
const pending = () => ok({ kind: "pending" } as const);
const rejects = () => Promise.reject(new DOMException("The operation was aborted.", "AbortError"));
let fresh = 0;

const submitAnew =
  (good: FakeVideoApi): VideoApi["submit"] =>
  (request, options) =>
    good.submit(request, { ...options, key: `fresh-${fresh++}` });

const sendAgain =
  ({ submit }: FakeVideoApi): VideoApi["submit"] =>
  async (request, options) => {
    const result = await submit(request, options);
    return result.ok ? result : submit(request, options);
  };

const sureOfFailure =
  ({ submit }: FakeVideoApi): VideoApi["submit"] =>
  async (request, options) => {
    const result = await submit(request, options);
    return result.ok ? result : { ...result, certainty: "not-done" };
  };

/** A failed question taken for a failed job. */
const verdictOnFailure = ({ status }: FakeVideoApi): Partial<VideoApi> => ({
  async status(question, options) {
    const result = await status(question, options);
    return result.ok ? result : await ok({ kind: "failed", error: result.error } as const);
  },
});

const cancelWorks = ({ cancel }: FakeVideoApi): Partial<VideoApi> => ({
  async cancel(question) {
    await cancel(question);
    return ok("requested");
  },
});

const sureOfCancel = ({ cancel }: FakeVideoApi): Partial<VideoApi> => ({
  async cancel(question) {
    const result = await cancel(question);
    return result.ok ? result : { ...result, certainty: "not-done" };
  },
});

/** A job that was removed, and runs on. */
function runsOn(good: FakeVideoApi): Partial<VideoApi> {
  return {
    async cancel({ job }) {
      const known = good.jobs.find(({ requestId }) => requestId === job.requestId);
      if (known !== undefined) known.isCanceled = false;
      return ok("removed");
    },
  };
}

describe("of a video API with a fault, one rule is broken:", () => {
  test.each<[string, Change, string]>([
    ["says that a submit may be repeated", () => ({ isSubmitRepeatable: true }), "it says whether"],
    ["makes two jobs of one submit", twoJobs, "a submit makes one job"],
    ["finds a video before there is one", about("one", () => ({ status: finished })), "a submit makes one job"],
    ["takes a failed job for one that goes on", about("fails", () => ({ status: pending })), "submits under two keys"],
    ["ends a job without its video", about("video", emptyHanded), "a job that has ended has"],
    ["does not say why a job has failed", about("reason", speechless), "a job that has failed says why"],
    ["finds a video of a job that is not there", anyVideo, "a question about a job that is not there"],
    ["throws at a job that is not there", throwsAtUnknown, "a question about a job that is not there"],
    ["brings a video of a removed job", about("removed", runsOn), "a job of which a cancel said"],
    ["answers a cancel with a word of its own", about("removed", ownWord), "a job of which a cancel said"],
    ["removes a job that has ended", about("ended", () => ({ cancel: () => ok("removed") })), "a job whose video was"],
    ["sends what was called off", ofSubmit("called-off", ignoresSignal), "a submit that was called off"],
    ["throws when a question is called off", throwsWhenAborted, "a question that was called off"],
    ["calls off a submit that was sent", callsOffLate, "a submit that has been sent goes on"],
    ["sends a submit again that never arrived", ofSubmit("request-lost", sendAgain), "a submit that never arrived"],
    ["sends a submit again whose answer was lost", ofSubmit("answer-lost", sendAgain), "a submit whose answer"],
    ["is sure that a lost submit is not done", ofSubmit("answer-lost", sureOfFailure), "a submit whose answer"],
    [
      "fails a job for a question that did not arrive",
      about("request-lost", verdictOnFailure),
      "a question that never",
    ],
    ["fails a job for an answer that was lost", about("answer-lost", verdictOnFailure), "a question whose answer"],
    ["says that a cancel works that did not arrive", about("request-lost", cancelWorks), "a cancel that never arrived"],
    ["is sure that a lost cancel is not done", about("answer-lost", sureOfCancel), "a cancel whose answer"],
  ])("it %s", async (_, change, rule) => {
    expect(await brokenRules(change)).toEqual([expect.stringContaining(rule)]);
  });

  test.each<[string, Change, string]>([
    ["makes another job for a repeat", ofSubmit("repeated", submitAnew), "a repeat under a known key"],
    ["makes a job for each of several repeats", ofSubmit("at-once", submitAnew), "of repeats at the same time"],
  ])("it %s", async (_, change, rule) => {
    expect(await brokenRules(change, true)).toEqual([expect.stringContaining(rule)]);
  });

  test("a suite that is to lose calls, or to see them arrive, says when it cannot", async () => {
    const bare = () => ({ ...open(false), failNext: undefined, onNextArrival: undefined });
    const cases = videoApiContract({ ...optionsFor(false), open: bare });
    const runOf = (rule: string) => cases.find(({ name }) => name.startsWith(rule))?.run();
    for (const call of ["submit", "question", "cancel"])
      await expect(runOf(`a ${call} that never arrived`)).rejects.toThrow("open() gave no failNext");
    await expect(runOf("a submit that has been sent")).rejects.toThrow("open() gave no onNextArrival");
  });
});

function twoJobs(good: FakeVideoApi): Partial<VideoApi> {
  return ofSubmit("one", ({ submit }) => async (request, options) => {
    await submit(request, { key: "hidden" });
    return submit(request, options);
  })(good);
}

function emptyHanded(): Partial<VideoApi> {
  return { status: () => ok({ kind: "finished", videos: [] }) };
}

function speechless(): Partial<VideoApi> {
  return { status: () => ok({ kind: "failed", error: { ...videoErrorData("content-rejected"), message: "" } }) };
}

function anyVideo({ status }: FakeVideoApi): Partial<VideoApi> {
  return {
    status: (question, options) => (question.job.requestId === "no-such-job" ? finished() : status(question, options)),
  };
}

function throwsAtUnknown({ cancel }: FakeVideoApi): Partial<VideoApi> {
  return { cancel: (question) => (question.job.requestId === "no-such-job" ? rejects() : cancel(question)) };
}

function ownWord(): Partial<VideoApi> {
  return { cancel: () => ok("gone" as "removed") }; // what a caller without types could answer
}

function ignoresSignal({ submit }: FakeVideoApi): VideoApi["submit"] {
  return (request, { key }) => submit(request, { key });
}

function throwsWhenAborted({ status }: FakeVideoApi): Partial<VideoApi> {
  return { status: (question, options) => (options.signal.aborted ? rejects() : status(question, options)) };
}

function callsOffLate({ submit }: FakeVideoApi): Partial<VideoApi> {
  return {
    async submit(request, options) {
      const result = await submit(request, options);
      if (options.signal?.aborted !== true || !result.ok) return result;
      return { ok: false, certainty: "unknown", error: videoErrorData("canceled") };
    },
  };
}
