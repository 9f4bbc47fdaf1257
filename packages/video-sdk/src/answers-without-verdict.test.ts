// What the client's reader makes of answers in a shape that no route of ours has: no verdict where there is none, a video wherever it is.
import { describe, expect, test } from "vitest";
import { parseErrorAnswer, parseStatusAnswer, parseSubmitAnswer } from "./protocol.ts";

const URL_A = "https://videos.test/a.mp4";

const EMPTY_ERRORS = [
  {},
  [],
  "",
  "  ",
  null,
  0,
  false,
  { code: null, message: null },
  { code: "", message: " ", details: [] },
  { code: 0 },
];
const RUNNING = [
  "processing",
  "IN_PROGRESS",
  "in-queue",
  "Queued",
  "pending",
  "running",
  "generating",
  "waiting",
  "starting",
];

describe("an answer without a verdict leaves a job pending", () => {
  test.each(EMPTY_ERRORS)("with the error %j", (error) => {
    for (const beside of [
      {},
      { status: "processing" },
      { queued: true },
      { success: null },
      { success: true, status: "processing" },
    ])
      expect(parseStatusAnswer({ ...beside, error })).toMatchObject({ kind: "pending" });
    expect(parseStatusAnswer({ success: false, status: "processing", error })).toMatchObject({ kind: "pending" });
  });

  test.each(RUNNING)("with the state %s, whatever else is said", (status) => {
    expect(parseStatusAnswer({ status, error: "The last attempt failed." })).toMatchObject({ kind: "pending" });
    expect(parseStatusAnswer({ success: true, status })).toMatchObject({ kind: "pending" });
    expect(parseStatusAnswer({ success: true, status, videos: [] })).toMatchObject({ kind: "pending" });
    expect(parseStatusAnswer({ success: true, status, output: { video: { url: URL_A } } })).toMatchObject({
      kind: "pending",
    });
  });

  test.each([
    { success: true },
    { success: true, clip: { link: "x" } },
    { success: true, videos: [{ asset: { id: 7 } }] },
    { success: true, status: "A_STATE_OF_TOMORROW", videos: [] },
    { status: "A_STATE_OF_TOMORROW", output: { video: { url: URL_A } } },
    { success: true, files: [URL_A, "https://videos.test/b.mp4"] },
    { success: true, input: { video_url: URL_A } },
    { success: true, data: { success: false, video: URL_A } },
  ])("as %j does: a paid video may be in a shape that is new to us", (body) => {
    expect(parseStatusAnswer(body)).toMatchObject({ kind: "pending" });
    expect(parseSubmitAnswer(body)).toEqual({ kind: "unreadable" });
  });

  test("and a submit with a job in it is accepted", () => {
    const accepted = { kind: "accepted", job: { requestId: "job-1" } };
    for (const error of EMPTY_ERRORS) {
      expect(parseSubmitAnswer({ requestId: "job-1", error })).toEqual(accepted);
      expect(parseSubmitAnswer({ success: false, status: "processing", requestId: "job-1", error })).toEqual(accepted);
    }
  });
});

describe("a finished job in a neighbouring shape is not lost", () => {
  test.each([
    { videos: [{ video: { url: URL_A } }] },
    { video_url: URL_A },
    { videoUrls: [URL_A] },
    { videoUrl: { url: URL_A } },
    { video: { uri: URL_A } },
    { video: { url: { url: URL_A } } },
    { videos: { url: URL_A } },
    { videos: URL_A },
    { output: { video: { url: URL_A } } },
    { output: URL_A },
    { outputs: [{ url: URL_A }] },
    { data: { result: { videos: [URL_A] } } },
    { data: { success: true, videos: [{ url: URL_A }] } },
    { result: { file: { url: URL_A, content_type: "video/mp4" }, thumbnail: { url: "https://videos.test/a.png" } } },
    { url: URL_A },
    { videos: [], output: { video: URL_A } },
  ])("%j", (shape) => {
    for (const beside of [{ success: true }, { success: true, status: "COMPLETED" }, { status: "succeeded" }, {}])
      expect(parseStatusAnswer({ ...beside, ...shape })).toEqual({ kind: "finished", videos: [URL_A] });
  });
});

describe("what can be no video", () => {
  const NO_VIDEOS = [
    "javascript:alert(1)",
    " JavaScript:alert(1)",
    "java\nscript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "data:image/png;base64,AAAA",
    "data:,video/",
    "file:///etc/passwd",
    "blob:https://videos.test/1",
    "pending",
  ];

  test.each(NO_VIDEOS)("%j is not taken for one", (url) => {
    for (const shape of [{ videos: [url] }, { videos: [{ url }] }, { video: url }, { videoUrl: url }]) {
      expect(parseStatusAnswer(shape)).toMatchObject({ kind: "pending" });
      expect(parseStatusAnswer({ success: true, ...shape })).toMatchObject({
        kind: "failed",
        error: { code: "result-unusable", details: { url } },
      });
      const beside = { success: true, videos: [url, URL_A] };
      expect(parseStatusAnswer(beside)).toEqual({ kind: "finished", videos: [URL_A] });
    }
  });

  test.each(["", "   ", "\n\t"])("a blank text (%j) is an empty place", (url) => {
    expect(parseStatusAnswer({ success: true, videos: [{ url }] })).toMatchObject({
      error: { code: "result-missing" },
    });
    expect(parseStatusAnswer({ success: true, video: url })).toMatchObject({ error: { code: "result-missing" } });
  });

  test("a URL that is too long to be stored fails the job, with an error that names the limit and carries the URL, cut", () => {
    const url = `data:video/mp4;base64,${"A".repeat(70_000)}`;
    const answer = parseStatusAnswer({ success: true, videos: [url] });
    expect(answer).toMatchObject({ kind: "failed", error: { code: "result-unusable" } });
    expect(answer).toHaveProperty("error.message", expect.stringContaining("65536 characters"));
    expect(answer).toHaveProperty("error.details.url", expect.stringMatching(/A… \(70022 characters\)$/));
  });

  test.each([
    "http://videos.test/a",
    "data:video/mp4;base64,AAAA",
    "/videos/1",
    "//videos.test/1",
    "HTTPS://VIDEOS.TEST/A",
  ])("while %j is one", (url) => {
    expect(parseStatusAnswer({ success: true, videos: [url] })).toEqual({ kind: "finished", videos: [url] });
  });
});

describe("the details of an error", () => {
  test("come with it, from beside the error or from within", () => {
    const details = { provider: "fal", url: URL_A };
    expect(parseStatusAnswer({ success: false, error: "Too long.", code: "result-unusable", details })).toMatchObject({
      error: { code: "result-unusable", details },
    });
    expect(parseErrorAnswer({ error: { code: "invalid-request", details: { issues: [] } } })).toMatchObject({
      details: { issues: [] },
    });
  });

  test.each([{}, [], "text", null, 7, { text: "x".repeat(40_000) }])(
    "are left out where they are none, or too long to be stored",
    (details) => {
      expect(parseErrorAnswer({ error: { code: "internal", details } })).toEqual({ code: "internal" });
    },
  );
});

test("an answer that is nested without end is read without harm", () => {
  const depth = 20_000;
  const nested = (open: string, close: string) => JSON.parse(open.repeat(depth) + close.repeat(depth)) as unknown;
  const objects = JSON.parse('{"data":'.repeat(depth) + "1" + "}".repeat(depth)) as unknown;
  for (const value of [nested("[", "]"), objects]) {
    expect(parseStatusAnswer({ success: true, videos: value, data: value })).toMatchObject({ kind: "pending" });
    expect(parseStatusAnswer({ error: value })).toMatchObject({ kind: expect.any(String) });
  }
});

describe("a job that was taken is not lost", () => {
  test.each([
    { success: true, data: { requestId: "job-1" } },
    { result: { task_id: "job-1" } },
    { success: true, job: { jobId: "job-1" } },
    { job_id: "job-1" },
    { success: true, requestId: "job-1", error: "The webhook could not be registered." },
    { success: true, requestId: "job-1", error: { code: "internal", message: "No webhook." } },
  ])("%j", (body) => {
    expect(parseSubmitAnswer(body)).toEqual({ kind: "accepted", job: { requestId: "job-1" } });
  });

  test("its endpoint and provider are read where its id stands", () => {
    const data = { requestId: "job-1", endpoint: "fal-ai/veo3.1", provider: "fal" };
    expect(parseSubmitAnswer({ success: true, data })).toEqual({ kind: "accepted", job: data });
  });

  test.each([
    { data: { success: false, requestId: "call-1" } },
    { data: { error: "No.", requestId: "call-1" } },
    { data: [{ requestId: "job-1" }] },
    { data: { id: "row-1" } },
  ])("%j says of none", (body) => {
    expect(parseSubmitAnswer(body)).toEqual({ kind: "unreadable" });
  });
});

test.each([
  { success: true, videos: JSON.stringify([URL_A]) },
  { success: true, videos: JSON.stringify([{ url: URL_A }]) },
  { success: true, data: JSON.stringify({ videos: [URL_A] }) },
  { success: true, result: JSON.stringify(JSON.stringify({ video: URL_A })) },
  { success: true, data: { resultUrls: [URL_A] } },
])("a video within a text of JSON is found: %j", (body) => {
  expect(parseStatusAnswer(body)).toEqual({ kind: "finished", videos: [URL_A] });
});
