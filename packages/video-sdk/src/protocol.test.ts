// Every answer that the app's routes give or gave (facts/app-contract.md), and everything that they never gave.
import { describe, expect, test } from "vitest";
import { VIDEO_ERRORS, type VideoErrorCode } from "./errors.ts";
import { parseErrorAnswer, parseStatusAnswer, parseSubmitAnswer } from "./protocol.ts";

const URL_A = "https://videos.test/a.mp4";
const URL_B = "https://videos.test/b.mp4";

const failed = (code: VideoErrorCode, extra: object = {}) => {
  const { message, retryable } = VIDEO_ERRORS[code];
  return { kind: "failed", error: { code, message, retryable, ...extra } };
};

const ID_NAMES = ["requestId", "request_id", "taskId", "task_id", "operationName", "operation_name"] as const;

const VIDEO_SHAPES: readonly (readonly [string, object, readonly string[]])[] = [
  ["videos: [{ url }]", { videos: [{ url: URL_A }, { url: URL_B }] }, [URL_A, URL_B]],
  ["videos: string[]", { videos: [URL_A, URL_B] }, [URL_A, URL_B]],
  ["video: string", { video: URL_A }, [URL_A]],
  ["video: { url }", { video: { url: URL_A, content_type: "video/mp4" } }, [URL_A]],
  ["videoUrl", { videoUrl: URL_A }, [URL_A]],
  ["the same video in two fields", { videos: [{ url: URL_A }], videoUrl: URL_A }, [URL_A]],
  ["a list with holes", { videos: [null, { url: "" }, "", 5, { href: URL_B }, URL_A] }, [URL_A]],
];

const REFUSALS: readonly (readonly [string, object, object])[] = [
  ["a text", { error: "No credits at fal." }, failed("provider-failed", { message: "No credits at fal." })],
  [
    "a text and a code of ours",
    { error: "Refused.", code: "content-rejected" },
    failed("content-rejected", { message: "Refused." }),
  ],
  [
    "a text and a code of theirs",
    { error: "Refused.", code: "E1234" },
    failed("provider-failed", { message: "Refused." }),
  ],
  ["a text and a numeric code", { error: "Refused.", code: 422 }, failed("provider-failed", { message: "Refused." })],
  [
    "an object",
    { error: { code: "model-retired", message: "Sora 2 is gone." } },
    failed("model-retired", { message: "Sora 2 is gone." }),
  ],
  ["an object without a sentence", { error: { code: "rate-limited" } }, failed("rate-limited")],
  [
    "an object with everything",
    { error: { code: "rate-limited", message: "Busy.", retryable: false, retryAfterMs: 5_000, details: {} } },
    failed("rate-limited", { message: "Busy.", retryable: false, retryAfterMs: 5_000 }),
  ],
  [
    "an object with a code of theirs",
    { error: { code: 422, message: "Bad." } },
    failed("provider-failed", { message: "Bad." }),
  ],
  ["an empty object", { error: {} }, failed("provider-failed")],
  [
    "a message beside it",
    { message: "The user has no plan." },
    failed("provider-failed", { message: "The user has no plan." }),
  ],
  [
    "an object, and the code and the message beside it",
    { error: {}, code: "canceled", message: "Gone." },
    failed("canceled", { message: "Gone." }),
  ],
  ["an empty text", { error: "" }, failed("provider-failed")],
  ["null", { error: null }, failed("provider-failed")],
  ["a number", { error: 500 }, failed("provider-failed")],
];

const NOT_ANSWERS: readonly (readonly [string, unknown])[] = [
  ["nothing (a body that was no JSON)", undefined],
  ["null", null],
  ["a number", 42],
  ["a text", "<html>"],
  ["true", true],
  ["a list", [{ success: true, videos: [URL_A] }]],
];

describe("the generate route's answer", () => {
  test("of the contract, queued: the job and its provider", () => {
    const body = {
      queued: true,
      requestId: "req-1",
      modelId: "vid-veo-3.1",
      provider: "fal",
      endpoint: "fal-ai/veo3.1",
    };
    expect(parseSubmitAnswer(body)).toEqual({
      kind: "accepted",
      job: { requestId: "req-1", provider: "fal", endpoint: "fal-ai/veo3.1" },
    });
  });

  test("of the contract, finished at once", () => {
    const body = {
      success: true,
      videos: [{ url: URL_A }],
      modelId: "vid-lucy",
      duration: 5,
      resolution: "720p",
      provider: "fal",
    };
    expect(parseSubmitAnswer(body)).toEqual({ kind: "finished", videos: [URL_A] });
  });

  describe.each(ID_NAMES)("an id named %s", (name) => {
    test.each([
      { queued: true },
      { processing: true },
      { success: true, queued: true },
      { success: true },
      { queued: false },
      {},
    ])("beside %j is a job", (beside) => {
      expect(parseSubmitAnswer({ ...beside, [name]: "id-1" })).toEqual({
        kind: "accepted",
        job: { requestId: "id-1" },
      });
    });

    test("that is a whole number is a job", () => {
      expect(parseSubmitAnswer({ queued: true, [name]: 7 })).toEqual({ kind: "accepted", job: { requestId: "7" } });
    });

    test.each(["", null, 0, -7, 7.5, 2 ** 53, {}, true])("that is %j is no job", (id) => {
      expect(parseSubmitAnswer({ queued: true, [name]: id })).toEqual({ kind: "unreadable" });
    });
  });

  test.each(ID_NAMES)("of two ids the contract's own name is taken, not %s", (name) => {
    expect(parseSubmitAnswer({ queued: true, [name]: "other", requestId: "ours" })).toMatchObject({
      job: { requestId: "ours" },
    });
  });

  test("an endpoint without an id is the job's id itself, and stays its endpoint", () => {
    const job = { requestId: "fal-ai/veo3.1", endpoint: "fal-ai/veo3.1" };
    for (const beside of [{ queued: true }, { queued: false }, { success: true }, { requestId: "" }, {}]) {
      expect(parseSubmitAnswer({ ...beside, endpoint: job.endpoint })).toEqual({ kind: "accepted", job });
    }
    expect(parseSubmitAnswer({ queued: true, endpoint: "" })).toEqual({ kind: "unreadable" });
    expect(parseSubmitAnswer({ success: false, error: "No.", endpoint: job.endpoint })).toMatchObject({
      kind: "failed",
    });
    expect(parseSubmitAnswer({ success: true, videos: [URL_A], endpoint: job.endpoint })).toMatchObject({
      kind: "finished",
    });
  });

  test("an empty or odd provider and endpoint are left out", () => {
    expect(parseSubmitAnswer({ queued: true, requestId: "id-1", provider: "", endpoint: 5 })).toEqual({
      kind: "accepted",
      job: { requestId: "id-1" },
    });
  });

  test.each(VIDEO_SHAPES)("with %s is finished", (_, shape, videos) => {
    expect(parseSubmitAnswer({ success: true, ...shape })).toEqual({ kind: "finished", videos });
    expect(parseSubmitAnswer(shape)).toEqual({ kind: "finished", videos });
  });

  test.each(REFUSALS)("success: false with %s as the error is a refusal", (_, said, expected) => {
    expect(parseSubmitAnswer({ success: false, ...said })).toEqual(expected);
  });

  test("an error without success is a refusal, even where the body carries an id of its own request", () => {
    expect(parseSubmitAnswer({ error: "Nope." })).toEqual(failed("provider-failed", { message: "Nope." }));
    expect(parseSubmitAnswer({ error: { code: "rate-limited" }, requestId: "trace-1" })).toEqual(
      failed("rate-limited"),
    );
  });

  test("success: false stands above a video or a job beside it", () => {
    expect(parseSubmitAnswer({ success: false, error: "No.", videos: [URL_A] })).toMatchObject({ kind: "failed" });
    expect(parseSubmitAnswer({ success: false, error: "No.", queued: true, requestId: "id-1" })).toMatchObject({
      kind: "failed",
    });
  });

  test("success with an empty list of videos and without a job has no result", () => {
    expect(parseSubmitAnswer({ success: true, videos: [] })).toEqual(failed("result-missing"));
  });

  test.each([
    { queued: true },
    { success: true, queued: true },
    { processing: true },
    { success: true },
    { success: true, result: { id: 7 } },
    { videos: [] },
    {},
    { hello: "world" },
  ])("%j says nothing of what became of the request", (body) => {
    expect(parseSubmitAnswer(body)).toEqual({ kind: "unreadable" });
  });

  test.each(NOT_ANSWERS)("%s is unreadable", (_, body) => {
    expect(parseSubmitAnswer(body)).toEqual({ kind: "unreadable" });
  });
});

describe("the status route's answer", () => {
  test.each([
    [
      { queued: true, status: "IN_QUEUE" },
      { kind: "pending", status: "IN_QUEUE" },
    ],
    [
      { queued: true, status: "IN_PROGRESS", pollAfterMs: 3_000 },
      { kind: "pending", status: "IN_PROGRESS", pollAfterMs: 3_000 },
    ],
    [{ processing: true }, { kind: "pending" }],
    [
      { success: true, queued: true, status: "IN_QUEUE" },
      { kind: "pending", status: "IN_QUEUE" },
    ],
    [{ success: true, processing: true }, { kind: "pending" }],
    [{ queued: true, error: "the last attempt failed, trying again" }, { kind: "pending" }],
    [{ queued: true, status: "", pollAfterMs: 0 }, { kind: "pending" }],
    [{ queued: true, status: 7, pollAfterMs: "soon" }, { kind: "pending" }],
    [{ queued: true, error: "", videos: [] }, { kind: "pending" }],
  ])("%j is pending", (body, expected) => {
    expect(parseStatusAnswer(body)).toEqual(expected);
  });

  test.each([{}, { hello: "world" }, { status: "A_STATE_OF_TOMORROW" }, { videos: [] }, { success: null }])(
    "%j is a state we do not know, so the job goes on",
    (body) => {
      expect(parseStatusAnswer(body)).toMatchObject({ kind: "pending" });
    },
  );

  test.each(VIDEO_SHAPES)("with %s is finished", (_, shape, videos) => {
    expect(parseStatusAnswer({ success: true, ...shape })).toEqual({ kind: "finished", videos });
    expect(parseStatusAnswer(shape)).toEqual({ kind: "finished", videos });
  });

  test.each(REFUSALS)("success: false with %s as the error is a failed job", (_, said, expected) => {
    expect(parseStatusAnswer({ success: false, ...said })).toEqual(expected);
  });

  test("an error without success or queued is a failed job", () => {
    expect(parseStatusAnswer({ error: "The model crashed." })).toEqual(
      failed("provider-failed", { message: "The model crashed." }),
    );
  });

  test("success: false stands above a video beside it", () => {
    expect(parseStatusAnswer({ success: false, videos: [URL_A], error: "Flagged.", code: "content-rejected" })).toEqual(
      failed("content-rejected", { message: "Flagged." }),
    );
  });

  test.each([
    { success: true, videos: [] },
    { success: true, videos: [{ url: "" }] },
    { success: true, video: null },
  ])("%j is success without a result", (body) => {
    expect(parseStatusAnswer(body)).toEqual(failed("result-missing"));
  });

  test("a finished video is not lost to a neighbour of another type", () => {
    const odd = {
      status: 200,
      code: 200,
      error: false,
      message: { text: "ok" },
      requestId: 12,
      provider: [],
      videoUrl: 5,
      endpoint: {},
    };
    expect(parseStatusAnswer({ success: true, videos: [{ url: URL_A }], ...odd })).toEqual({
      kind: "finished",
      videos: [URL_A],
    });
  });

  test.each(NOT_ANSWERS)("%s is unreadable", (_, body) => {
    expect(parseStatusAnswer(body)).toEqual({ kind: "unreadable" });
  });
});

describe("an error answer", () => {
  test.each([
    [{ error: "Busy." }, { message: "Busy." }],
    [
      { error: { code: "rate-limited", message: "Busy.", retryable: true, retryAfterMs: 900 } },
      { code: "rate-limited", message: "Busy.", retryable: true, retryAfterMs: 900 },
    ],
    [{ error: { code: "FUNCTION_INVOCATION_TIMEOUT", message: "Timed out." } }, { message: "Timed out." }],
    [
      { success: false, error: "No.", code: "not-found" },
      { code: "not-found", message: "No." },
    ],
    [{ error: {} }, {}],
  ])("%j says %j", (body, expected) => {
    expect(parseErrorAnswer(body)).toEqual(expected);
  });

  test.each([
    ...NOT_ANSWERS.map(([, body]) => body),
    {},
    { message: "Endpoint request timed out" },
    { error: null },
    { error: "" },
  ])("%j says nothing", (body) => {
    expect(parseErrorAnswer(body)).toBeUndefined();
  });
});
