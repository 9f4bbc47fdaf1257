import { beforeEach, describe, expect, test } from "vitest";
import { createProviderFetch } from "../../testing/providers/create-provider-fetch.ts";
import { createFakeWavespeed, type FakeWavespeedOptions } from "../../testing/providers/fake-wavespeed.ts";
import type { WavespeedScenario, WavespeedScenarioName } from "../../testing/providers/wavespeed-scenarios.ts";
import type { VideoProviderJob } from "./provider.ts";
import { wavespeedProvider, type WavespeedProviderOptions } from "./wavespeed-provider.ts";

const JOB: VideoProviderJob = {
  modelId: "vid-lucy-pro",
  provider: "wavespeed",
  endpoint: "decart/decart-lucy-image-to-video",
  input: { prompt: "a corgi", image: "https://cdn.example/corgi.png" },
};
let now = 0;

function setUp(options: Partial<FakeWavespeedOptions> = {}, access: Partial<WavespeedProviderOptions> = {}) {
  const wavespeed = createFakeWavespeed({ now: () => now, queueMs: 100, jobMs: 900, ...options });
  const provider = wavespeedProvider({ apiKey: "secret", fetch: createProviderFetch([wavespeed]), ...access });
  return { wavespeed, provider };
}

async function submitted(scenario: WavespeedScenarioName | WavespeedScenario) {
  const { wavespeed, provider } = setUp();
  wavespeed.playNext(scenario);
  const submission = await provider.submit(JOB);
  if (submission.kind !== "accepted") throw new Error("The task was not accepted.");
  return { wavespeed, provider, ref: { requestId: submission.requestId, endpoint: undefined } };
}

beforeEach(() => {
  now = 0;
});

describe("submit", () => {
  test("posts the model's fields directly, once, to the model's path", async () => {
    const { wavespeed, provider } = setUp();
    expect(await provider.submit(JOB)).toEqual({ kind: "accepted", requestId: wavespeed.tasks[0]?.id });
    expect(wavespeed.calls).toEqual(["POST https://api.wavespeed.ai/api/v3/decart/decart-lucy-image-to-video"]);
    expect(wavespeed.tasks).toMatchObject([{ model: JOB.endpoint, input: JOB.input }]);
    expect(wavespeed.tasks[0]?.webhookUrl).toBeUndefined();
  });

  test("names a webhook in the query, whole", async () => {
    const { wavespeed, provider } = setUp();
    const webhookUrl = "https://app.example/api/webhook?provider=wavespeed&modelId=vid-lucy-pro";
    await provider.submit({ ...JOB, webhookUrl });
    expect(wavespeed.tasks).toMatchObject([{ webhookUrl, input: JOB.input }]);
  });

  test.each([
    ["submit-400", "provider-rejected", false],
    ["submit-402", "provider-unavailable", false],
    ["submit-429", "rate-limited", true],
    ["submit-500-accepted", "submission-unknown", false],
    ["submit-502-refused", "submission-unknown", false],
    ["submit-reset-accepted", "submission-unknown", false],
    ["submit-without-id", "submission-unknown", false],
    ["submit-not-connected", "provider-unavailable", true],
  ] as const)("%s is %s after exactly one call", async (scenario, code, retryable) => {
    const { wavespeed, provider } = setUp();
    wavespeed.playNext(scenario);
    await expect(provider.submit(JOB)).rejects.toMatchObject({ name: "VideoError", code, retryable });
    expect(wavespeed.calls).toHaveLength(1);
  });

  test("a model that it does not have is retired, and named", async () => {
    const { provider } = setUp({ retired: [JOB.endpoint] });
    await expect(provider.submit(JOB)).rejects.toMatchObject({
      code: "model-retired",
      message: expect.stringContaining('"vid-lucy-pro"'),
    });
  });

  test("a key that it refuses is the server's fault", async () => {
    await expect(setUp({ key: "another" }).provider.submit(JOB)).rejects.toMatchObject({ code: "not-configured" });
  });

  test("a missing key is named when it is first needed, and nothing is sent", async () => {
    const { wavespeed, provider } = setUp({}, { apiKey: () => "" });
    await expect(provider.submit(JOB)).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining("WAVESPEED_API_KEY"),
    });
    expect(wavespeed.calls).toEqual([]);
  });

  test("its own words are kept for the log and left out of what a user may see", async () => {
    const { wavespeed, provider } = setUp();
    wavespeed.playNext("submit-402");
    const error = await provider.submit(JOB).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toContain("top up");
    expect(error).toMatchObject({ cause: { body: { message: expect.stringContaining("top up") } } });
  });
});

describe("status", () => {
  test("says how far the task is, and gives the video's URL", async () => {
    const { wavespeed, provider, ref } = await submitted("completes");
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "queued" });
    now = 500;
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "running" });
    now = 1000;
    const videos = [`https://videos.wavespeed.example/${ref.requestId}.mp4`];
    expect(await provider.status(ref)).toEqual({ kind: "finished", videos });
    expect(wavespeed.calls.at(-1)).toBe(`GET https://api.wavespeed.ai/api/v3/predictions/${ref.requestId}/result`);
  });

  test("a state that is new only slows", async () => {
    const { provider, ref } = await submitted("result-unknown-once");
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "unknown" });
  });

  test.each([
    ["fails", "provider-failed"],
    ["flagged", "content-rejected"],
    ["cancelled", "canceled"],
    ["times-out", "provider-failed"],
    ["deleted", "result-missing"],
    ["missing-video", "result-missing"],
  ] as const)("%s is the verdict %s, without its text", async (scenario, code) => {
    const { provider, ref } = await submitted(scenario);
    now = 1000;
    const answer = await provider.status(ref);
    expect(answer).toMatchObject({ kind: "failed", error: { code } });
    expect(JSON.stringify("error" in answer && answer.error)).not.toContain("corgi");
  });

  test.each([
    ["result-429-once", "rate-limited"],
    ["result-502-once", "provider-unavailable"],
    ["result-reset-once", "provider-unavailable"],
  ] as const)("%s is asked once and is no verdict", async (scenario, code) => {
    const { wavespeed, provider, ref } = await submitted(scenario);
    await expect(provider.status(ref)).rejects.toMatchObject({ code, retryable: true });
    expect(wavespeed.calls).toHaveLength(2);
    expect(await provider.status(ref)).toMatchObject({ kind: "pending" });
  });

  test("a task that it does not know is not found", async () => {
    const ref = { requestId: "never-was", endpoint: undefined };
    await expect(setUp().provider.status(ref)).rejects.toMatchObject({ code: "not-found" });
  });

  test("an app may be stricter about video URLs", async () => {
    const { provider } = setUp({}, { isAllowedVideoUrl: ({ hostname }) => hostname.endsWith(".wavespeed.ai") });
    const submission = await provider.submit(JOB);
    now = 1000;
    const requestId = submission.kind === "accepted" ? submission.requestId : "";
    expect(await provider.status({ requestId, endpoint: undefined })).toMatchObject({
      kind: "finished",
      videos: [],
      withheld: [{ isForbidden: true }],
    });
  });
});

test("cancel is unsupported, and nothing is sent", async () => {
  const { wavespeed, provider, ref } = await submitted("completes");
  expect(await provider.cancel(ref)).toBe("unsupported");
  expect(wavespeed.calls).toHaveLength(1);
});

describe("uploadImage", () => {
  test("announces the file, puts its bytes at the address of the answer, and returns where it can be read", async () => {
    const { wavespeed, provider } = setUp();
    const url = await provider.uploadImage?.(new Blob(["pixels"], { type: "image/png" }));
    expect([...wavespeed.uploads.keys()]).toEqual([url]);
    expect(await wavespeed.uploads.get(url ?? "")?.text()).toBe("pixels");
  });

  test("the key goes to WaveSpeedAI alone", async () => {
    const sent: [string, string | null][] = [];
    const { wavespeed } = setUp();
    const fetch = createProviderFetch([wavespeed]);
    const provider = wavespeedProvider({
      apiKey: "secret",
      fetch: async (input, init) => {
        const request = new Request(input, init);
        sent.push([new URL(request.url).hostname, request.headers.get("authorization")]);
        return await fetch(request);
      },
    });
    await provider.uploadImage?.(new Blob(["pixels"], { type: "image/png" }));
    expect(sent).toEqual([
      ["api.wavespeed.ai", "Bearer secret"],
      ["uploads.wavespeed.example", null],
    ]);
  });

  test.each([
    ["a key that is refused", () => setUp({ key: "another" }).provider],
    [
      "an answer that names no https address",
      () => answering({ data: { download_url: "https://x.example/", upload: { url: "http://x.example/" } } }),
    ],
    ["a connection that fails", () => wavespeedProvider({ apiKey: "k", fetch: () => Promise.reject(new TypeError()) })],
  ])("%s is upload-failed", async (_, build) => {
    await expect(build().uploadImage?.(new Blob([""]))).rejects.toMatchObject({ code: "upload-failed" });
  });

  function answering(body: unknown) {
    return wavespeedProvider({ apiKey: "k", fetch: () => Promise.resolve(Response.json(body)) });
  }
});
