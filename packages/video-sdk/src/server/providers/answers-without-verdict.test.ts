// What every provider's reader makes of answers that its documentation does not have: no verdict where there is none, a video wherever it is.
import { describe, expect, test } from "vitest";
import { toVideoError } from "../../errors.ts";
import { falProvider } from "./fal-provider.ts";
import { kieProvider } from "./kie-provider.ts";
import type { Fetch } from "./provider-answer.ts";
import type { VideoProvider, VideoProviderJob } from "./provider.ts";
import { openrouterProvider } from "./openrouter-provider.ts";
import { wavespeedProvider } from "./wavespeed-provider.ts";

const URL_A = "https://videos.test/a.mp4";
const URL_B = "https://videos.test/b.mp4";
const REFERENCE = { requestId: "any-request", endpoint: "fal-ai/veo3.1" };
const NAMES = ["fal", "kie", "wavespeed", "openrouter"] as const;
type Name = (typeof NAMES)[number];

const BUILD: Readonly<Record<Name, (fetch: Fetch) => VideoProvider>> = {
  fal: (fetch) => falProvider({ credentials: "id:secret", fetch }),
  kie: (fetch) => kieProvider({ apiKey: "secret", fetch }),
  wavespeed: (fetch) => wavespeedProvider({ apiKey: "secret", fetch }),
  openrouter: (fetch) => openrouterProvider({ apiKey: "secret", fetch }),
};

/** The provider over fixed answers, one per call; the last one again and again. */
function over(name: Name, ...answers: readonly (() => Response)[]): VideoProvider {
  let calls = 0;
  return BUILD[name](async () => {
    const answer = answers[Math.min(calls, answers.length - 1)];
    calls += 1;
    return answer?.() ?? expect.fail("No answer is laid out.");
  });
}

const json =
  (body: unknown, status = 200) =>
  () =>
    Response.json(body, { status });
const bare = (text: string, status: number) => () => new Response(text, { status });

/** Each provider's answers to a question about a job, around the part that a test is about. */
const FINISHED: Readonly<Record<Name, (result: unknown) => readonly (() => Response)[]>> = {
  fal: (result) => [json({ status: "COMPLETED" }), json(result)],
  kie: (result) => [json({ code: 200, data: { state: "success", resultJson: result } })],
  wavespeed: (result) => [json({ code: 200, data: { status: "completed", outputs: result } })],
  openrouter: (result) => [json({ status: "completed", urls: result })],
};

async function outcomeOf(asking: Promise<unknown>): Promise<unknown> {
  return await asking.catch((error: unknown) => ({ thrown: toVideoError(error).code }));
}

describe("a finished job in a neighbouring shape is not lost", () => {
  test.each<[Name, string, unknown]>([
    ["fal", "a text for the video", { video: URL_A }],
    ["fal", "a list of objects", { videos: [{ url: URL_A }] }],
    ["fal", "a list of texts", { videos: [URL_A] }],
    ["fal", "the address under another name", { video_url: URL_A }],
    [
      "fal",
      "a video beside the one that was sent",
      { video: { url: URL_A }, video_url: URL_B, input: { video: URL_B } },
    ],
    ["fal", "an address beside an empty place", { video: null, video_url: URL_A }],
    ["fal", "the address as a name of its own", { videoUrl: { url: URL_A } }],
    ["fal", "inside an output", { output: { video: { url: URL_A } } }],
    ["fal", "inside a list of outputs", { outputs: [{ url: URL_A, content_type: "video/mp4" }] }],
    ["fal", "inside data and a result", { data: { result: { video: { url: URL_A } } } }],
    ["fal", "an object for the address", { video: { url: { url: URL_A } } }],
    ["fal", "the address as `uri`", { video: { uri: URL_A } }],
    ["fal", "one file that looks like a video", { output: URL_A, thumbnail: "https://videos.test/a.png" }],
    ["fal", "the result itself, as a file", { url: "https://videos.test/a", content_type: "video/mp4" }],
    ["kie", "an object where text was expected", { resultUrls: [URL_A] }],
    ["kie", "a text for the list", JSON.stringify({ resultUrls: URL_A })],
    ["kie", "objects in the list", JSON.stringify({ resultUrls: [{ url: URL_A }] })],
    ["kie", "an object with a video", { video: { url: URL_A } }],
    ["kie", "a list of videos", JSON.stringify({ videos: [URL_A] })],
    ["kie", "the URL itself", URL_A],
    ["kie", "a list alone", JSON.stringify([{ video: URL_A }])],
    ["wavespeed", "objects", [{ url: URL_A }]],
    ["wavespeed", "one text", URL_A],
    ["wavespeed", "one object", { url: URL_A }],
    ["wavespeed", "an object with a video", { video: { url: URL_A } }],
    ["wavespeed", "a text that is a list", JSON.stringify([URL_A])],
    ["fal", "a text that is an object", { result: JSON.stringify({ video: { url: URL_A } }) }],
    ["kie", "a text in a text", JSON.stringify(JSON.stringify({ resultUrls: [URL_A] }))],
    ["kie", "an address beside an empty list", { resultUrls: [], resultUrl: URL_A }],
    ["openrouter", "one text", URL_A],
    ["openrouter", "objects", [{ url: URL_A }]],
    ["openrouter", "a text that is a list", JSON.stringify([URL_A])],
  ])("%s: %s", async (name, _, result) => {
    const answer = await over(name, ...FINISHED[name](result)).status(REFERENCE);
    const [url] = answer.kind === "finished" ? answer.videos : [];
    expect(answer).toMatchObject({ kind: "finished", videos: [expect.stringMatching(/^https:\/\/videos\.test\/a/)] });
    expect(url).not.toContain(".png");
  });

  test("kie: beside `resultJson`, and wavespeed: beside `outputs`, or without `data` around it", async () => {
    const beside = json({ code: 200, data: { state: "success", resultJson: "", videoUrl: URL_A } });
    expect(await over("kie", beside).status(REFERENCE)).toMatchObject({ videos: [URL_A] });
    const other = json({ code: 200, data: { status: "completed", output: { video: URL_A } } });
    expect(await over("wavespeed", other).status(REFERENCE)).toMatchObject({ videos: [URL_A] });
    const flat = json({ id: "pred_1", status: "completed", outputs: [URL_A] });
    expect(await over("wavespeed", flat).status(REFERENCE)).toMatchObject({ videos: [URL_A] });
  });

  test("several videos under the name of videos are all taken; of several files that only look like one, none is", async () => {
    const videos = over("fal", ...FINISHED.fal({ videos: [URL_A, { url: URL_B }] }));
    expect(await videos.status(REFERENCE)).toEqual({ kind: "finished", videos: [URL_A, URL_B] });
    const files = over("fal", ...FINISHED.fal({ files: [URL_A, URL_B] }));
    expect(await files.status(REFERENCE)).toMatchObject({ kind: "pending", status: "unknown" });
  });
});

const JOB: VideoProviderJob = { provider: "fal", endpoint: "fal-ai/veo3.1", input: {}, modelId: "vid-veo-3.1" };

describe("a job that was taken, in a neighbouring shape, is not lost", () => {
  test.each<[Name, unknown]>([
    ["fal", { request_id: 1234567 }],
    ["fal", { requestId: "1234567" }],
    ["fal", { data: { request_id: "1234567" } }],
    ["kie", { code: "200", data: { taskId: "1234567" } }],
    ["kie", { code: 0, data: { taskId: "1234567" } }],
    ["kie", { code: 200, data: { task_id: 1234567 } }],
    ["kie", { code: 200, taskId: "1234567" }],
    ["kie", { data: { taskId: "1234567" } }],
    ["wavespeed", { id: "1234567", status: "created" }],
    ["wavespeed", { code: 200, data: { id: 1234567 } }],
    ["wavespeed", { request_id: "of the request", data: { id: "1234567" } }],
    ["openrouter", { data: { id: "1234567" } }],
    ["openrouter", { id: 1234567 }],
  ])("%s: %j", async (name, body) => {
    expect(await over(name, json(body)).submit(JOB)).toEqual({ kind: "accepted", requestId: "1234567" });
  });

  test.each<[Name, unknown, number]>([
    ["kie", { code: 500, data: { taskId: "1234567" } }, 200],
    ["wavespeed", { id: "1234567" }, 500],
    ["fal", { requestId: "1234567" }, 502],
    ["openrouter", { error: { message: "No." }, data: { id: "1234567" } }, 200],
    ["wavespeed", { data: { error: "no", task_id: "1234567" } }, 200],
    ["fal", { request_id: -1 }, 200],
    ["fal", { request_id: 2 ** 60 }, 200],
  ])("%s: %j with %i is no job that was certainly taken", async (name, body, status) => {
    expect(await outcomeOf(over(name, json(body, status)).submit(JOB))).toEqual({ thrown: "submission-unknown" });
  });
});

describe("a job that has ended, said in another word or place, is not lost", () => {
  test.each<[Name, readonly unknown[]]>([
    ["fal", [{ status: "Completed" }, { video: { url: URL_A } }]],
    ["fal", [{ status: "SUCCEEDED" }, { video: { url: URL_A } }]],
    ["kie", [{ code: "200", data: { state: "success", resultJson: { resultUrls: [URL_A] } } }]],
    ["kie", [{ data: { state: "success", resultJson: { resultUrls: [URL_A] } } }]],
    ["kie", [{ code: 200, data: { state: "SUCCESS", resultJson: { resultUrls: [URL_A] } } }]],
    ["kie", [{ code: 200, data: { status: "success", resultJson: { resultUrls: [URL_A] } } }]],
    ["kie", [{ code: 200, data: { state: "success", response: { resultUrls: [URL_A] } } }]],
    ["wavespeed", [{ code: 200, data: { status: "Completed", outputs: [URL_A] } }]],
    ["wavespeed", [{ code: 200, data: { status: "succeeded", outputs: [URL_A] } }]],
    ["wavespeed", [{ code: 200, data: { status: "completed", outputs: null, output: URL_A } }]],
    ["openrouter", [{ status: "succeeded", urls: [URL_A] }]],
    ["openrouter", [{ data: { status: "completed", urls: [URL_A] } }]],
    ["openrouter", [{ status: "completed", output: { video: URL_A } }]],
    ["openrouter", [{ status: "completed", urls: [], video: { url: URL_A } }]],
  ])("%s: %j", async (name, bodies) => {
    const answer = await over(name, ...bodies.map((body) => json(body))).status(REFERENCE);
    expect(answer).toEqual({ kind: "finished", videos: [URL_A] });
  });

  test.each<[Name, unknown]>([
    ["kie", { code: 200, data: { state: "reviewed", resultJson: { resultUrls: [URL_A] } } }],
    ["wavespeed", { code: 200, data: { status: "reviewed", outputs: [URL_A] } }],
    ["openrouter", { status: "reviewed", urls: [URL_A], video: URL_A }],
  ])("%s: in a state that is new to us a video is no verdict, and the owner is told its shape", async (name, body) => {
    const answer = await over(name, json(body)).status(REFERENCE);
    expect(answer).toMatchObject({
      kind: "pending",
      status: "unknown",
      unreadShape: expect.stringContaining("string"),
    });
  });

  test.each<[Name, unknown]>([
    ["kie", { code: 200, data: { state: "completed", resultJson: "" } }],
    ["wavespeed", { code: 200, data: { status: "done", outputs: [] } }],
    ["openrouter", { status: "finished", urls: [] }],
  ])("%s: another word for the end, without a video, is no failure", async (name, body) => {
    expect(await over(name, json(body)).status(REFERENCE)).toMatchObject({ kind: "pending", status: "unknown" });
  });
});

describe("an empty place for the videos of a finished job is a failure", () => {
  test.each<[Name, unknown]>([
    ["fal", { videos: [] }],
    ["fal", { video: null }],
    ["fal", { video: {} }],
    ["fal", { video: { url: "  " } }],
    ["fal", { videos: [null, "", { url: "" }] }],
    ["kie", null],
    ["kie", ""],
    ["kie", "{}"],
    ["kie", { resultUrls: [] }],
    ["kie", '{"resultUrls":null}'],
    ["kie", '{"resultUrls":[""]}'],
    ["wavespeed", []],
    ["wavespeed", null],
    ["wavespeed", [""]],
    ["wavespeed", [{ url: "" }]],
    ["wavespeed", "[]"],
    ["openrouter", []],
    ["openrouter", [""]],
  ])("%s: %j", async (name, result) => {
    const answer = await over(name, ...FINISHED[name](result)).status(REFERENCE);
    expect(answer).toMatchObject({ kind: "failed", error: { code: "result-missing" } });
  });
});

describe("success in a shape that is new to us is pending, and its shape is told without values", () => {
  test.each<[Name, unknown, string]>([
    ["fal", { clip: { link: "secret", size: 7 } }, '{"clip":{"link":"string","size":"number"}}'],
    ["fal", {}, "{}"],
    ["fal", { video: { asset: ["secret", "secret"] } }, '{"video":{"asset":["string"]}}'],
    ["fal", { "https://secret.test": true, ok: null }, '{"...":"boolean","ok":"null"}'],
    ["kie", '{"resultObject":{"text":"secret"}}', '"resultJson":"string"'],
    ["kie", "{not json", '"resultJson":"string"'],
    ["wavespeed", [{ asset: "secret" }], '"outputs":[{"asset":"string"}]'],
    ["openrouter", { clip: { link: "secret" } }, '"urls":{"clip":{"link":"string"}}'],
  ])("%s: %j", async (name, result, shape) => {
    const answer = await over(name, ...FINISHED[name](result)).status(REFERENCE);
    expect(answer).toMatchObject({ kind: "pending", status: "unknown", unreadShape: expect.stringContaining(shape) });
    expect(JSON.stringify(answer)).not.toContain("secret");
  });

  test("fal: a page in place of the result is no answer", async () => {
    const provider = over("fal", json({ status: "COMPLETED" }), bare("<h1>Maintenance</h1>", 200));
    expect(await outcomeOf(provider.status(REFERENCE))).toEqual({ thrown: "provider-unavailable" });
  });
});

describe("a body without a verdict ends nothing", () => {
  const EMPTY_ERRORS = [
    {},
    [],
    "",
    " ",
    null,
    { code: null, message: null },
    { code: "", details: [] },
    { retry: false, code: 0 },
  ];

  test.each(EMPTY_ERRORS)("fal: a running job with the error %j", async (error) => {
    const provider = over("fal", json({ status: "IN_PROGRESS", error, error_type: error }, 202));
    expect(await provider.status(REFERENCE)).toEqual({ kind: "pending", status: "running" });
  });

  test.each(EMPTY_ERRORS)("fal: a completed job with the error %j has not failed", async (error) => {
    const provider = over(
      "fal",
      json({ status: "COMPLETED", error, error_type: error }),
      json({ video: { url: URL_A } }),
    );
    expect(await provider.status(REFERENCE)).toEqual({ kind: "finished", videos: [URL_A] });
    const unread = over("fal", json({ status: "COMPLETED", error, error_type: error }), json({ clip: 1 }));
    expect(await unread.status(REFERENCE)).toMatchObject({ kind: "pending" });
  });

  test.each(EMPTY_ERRORS)("kie and wavespeed: a running task with the error %j", async (error) => {
    const kie = json({ code: 200, data: { state: "generating", failCode: error, failMsg: error, resultJson: error } });
    expect(await over("kie", kie).status(REFERENCE)).toEqual({ kind: "pending", status: "running" });
    const wavespeed = json({
      code: 200,
      data: { status: "processing", error, outputs: error, has_nsfw_contents: error },
    });
    expect(await over("wavespeed", wavespeed).status(REFERENCE)).toEqual({ kind: "pending", status: "running" });
  });

  test.each(NAMES)("%s: nothing that it knows", async (name) => {
    for (const body of [{}, { success: true, status: "processing" }, { data: {} }, { code: 200, data: [] }]) {
      const answer = await outcomeOf(over(name, json(body)).status(REFERENCE));
      expect([{ kind: "pending" }, { thrown: "provider-unavailable" }]).toContainEqual(
        "kind" in Object(answer) ? { kind: Object(answer).kind } : answer,
      );
    }
  });
});

describe("a bare status is no verdict of the provider", () => {
  const STATUSES = [400, 404, 405, 408, 409, 410, 413, 418, 422, 451, 499, 500, 501, 502, 503, 504];
  const BODIES = ["", "<h1>404</h1>", '{"error":{"code":"404"}}', '{"message":"no route matched"}'];
  const job: VideoProviderJob = { modelId: "vid-veo-3.1", provider: "fal", endpoint: "fal-ai/veo3.1", input: {} };

  test.each(NAMES)("on the job, of %s", async (name) => {
    for (const status of STATUSES)
      for (const text of BODIES) {
        const answer = await outcomeOf(over(name, bare(text, status)).status(REFERENCE));
        // A task that kie does not know yet is starting.
        const isStarting = name === "kie" && (status === 404 || status === 422);
        expect([status, text, answer]).toEqual([
          status,
          text,
          isStarting ? { kind: "pending", status: "starting" } : { thrown: "provider-unavailable" },
        ]);
      }
  });

  test("on the result of a job that fal calls completed", async () => {
    for (const status of STATUSES)
      for (const text of BODIES) {
        const provider = over("fal", json({ status: "COMPLETED" }), bare(text, status));
        expect([status, await outcomeOf(provider.status(REFERENCE))]).toEqual([
          status,
          { thrown: "provider-unavailable" },
        ]);
      }
  });

  test("on a cancel, of fal", async () => {
    for (const status of STATUSES)
      expect(await outcomeOf(over("fal", bare("", status)).cancel(REFERENCE))).toEqual({
        thrown: "provider-unavailable",
      });
  });

  test.each(NAMES)(
    "on the model, of %s: a job that was stopped on its way was not taken, or it is not known",
    async (name) => {
      for (const status of [404, 410])
        expect(await outcomeOf(over(name, bare("", status)).submit(job))).toEqual({ thrown: "provider-unavailable" });
      for (const status of [408, 499, 500, 502, 504])
        expect(await outcomeOf(over(name, bare("", status)).submit(job))).toEqual({ thrown: "submission-unknown" });
    },
  );

  test("while its own body for a job that is gone is one", async () => {
    const fal = over("fal", json({ detail: "Request not found" }, 404));
    expect(await outcomeOf(fal.status(REFERENCE))).toEqual({ thrown: "not-found" });
    const wavespeed = over("wavespeed", json({ code: 404, message: "not found" }, 404));
    expect(await outcomeOf(wavespeed.status(REFERENCE))).toEqual({ thrown: "not-found" });
    const retired = over("fal", json({ detail: "Application not found" }, 404));
    expect(await outcomeOf(retired.submit(job))).toEqual({ thrown: "model-retired" });
  });
});
