import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFakeFal, type FakeFalOptions } from "../../testing/providers/fake-fal.ts";
import { createProviderFetch } from "../../testing/providers/create-provider-fetch.ts";
import type { FalScenario, FalScenarioName } from "../../testing/providers/fal-scenarios.ts";
import { falProvider, type FalProviderOptions } from "./fal-provider.ts";
import type { VideoProviderJob } from "./provider.ts";

const JOB: VideoProviderJob = {
  modelId: "vid-veo-3.1-fast",
  provider: "fal",
  endpoint: "fal-ai/veo3.1/fast",
  input: { prompt: "a corgi" },
};
let now = 0;

function setUp(options: Partial<FakeFalOptions> = {}, access: Partial<FalProviderOptions> = {}) {
  const fal = createFakeFal({ now: () => now, queueMs: 100, jobMs: 900, ...options });
  const provider = falProvider({ credentials: "id:secret", fetch: createProviderFetch([fal]), ...access });
  return { fal, provider };
}

async function submitted(scenario: FalScenarioName | FalScenario) {
  const { fal, provider } = setUp();
  fal.playNext(scenario);
  const submission = await provider.submit(JOB);
  if (submission.kind !== "accepted") throw new Error("The job was not accepted.");
  return { fal, provider, ref: { requestId: submission.requestId, endpoint: JOB.endpoint } };
}

const posts = (calls: readonly string[]) => calls.filter((call) => call.startsWith("POST"));

beforeEach(() => {
  now = 0;
});
afterEach(() => vi.useRealTimers());

describe("submit", () => {
  test("posts the input, once, to the endpoint", async () => {
    const { fal, provider } = setUp();
    const submission = await provider.submit(JOB);
    expect(submission).toEqual({ kind: "accepted", requestId: fal.jobs[0]?.id });
    expect(fal.calls).toEqual(["POST https://queue.fal.run/fal-ai/veo3.1/fast"]);
    expect(fal.jobs[0]?.input).toEqual({ prompt: "a corgi" });
  });

  test.each([
    ["submit-504-refused", "submission-unknown", false],
    ["submit-504-accepted", "submission-unknown", false],
    ["submit-reset-accepted", "submission-unknown", false],
    ["submit-unreadable", "submission-unknown", false],
    ["submit-not-connected", "provider-unavailable", true],
    ["submit-429", "rate-limited", true],
    ["submit-403-no-balance", "provider-unavailable", false],
    ["submit-422", "provider-rejected", false],
  ] as const)("%s is %s after exactly one POST", async (scenario, code, retryable) => {
    const { fal, provider } = setUp();
    fal.playNext(scenario);
    await expect(provider.submit(JOB)).rejects.toMatchObject({ name: "VideoError", code, retryable });
    expect(posts(fal.calls)).toHaveLength(1);
  });

  test("a failure is answered at once: the client's sleep before it repeats is not waited for", async () => {
    vi.useFakeTimers();
    const { fal, provider } = setUp();
    fal.playNext("submit-504-accepted");
    await expect(provider.submit(JOB)).rejects.toMatchObject({ code: "submission-unknown" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("a 429 passes on how long fal asks to wait", async () => {
    const { fal, provider } = setUp();
    fal.playNext("submit-429");
    await expect(provider.submit(JOB)).rejects.toMatchObject({ retryAfterMs: 7000 });
  });

  test.each([404, 410] as const)("an endpoint that answers %i is a retired model, named", async (status) => {
    const { provider } = setUp({ retired: { "fal-ai/veo3.1": status } });
    await expect(provider.submit(JOB)).rejects.toMatchObject({
      code: "model-retired",
      message: expect.stringContaining('"vid-veo-3.1-fast"'),
    });
  });

  test("a key that fal refuses is the server's fault, not the user's", async () => {
    const { provider } = setUp({ key: "another" });
    await expect(provider.submit(JOB)).rejects.toMatchObject({ code: "not-configured", retryable: false });
  });

  test("a missing key is named when it is first needed, and nothing is sent", async () => {
    for (const credentials of [undefined, "", () => undefined]) {
      const { fal, provider } = setUp({}, { credentials });
      await expect(provider.submit(JOB)).rejects.toMatchObject({
        code: "not-configured",
        message: expect.stringContaining("FAL_KEY"),
      });
      expect(fal.calls).toEqual([]);
    }
  });

  test("fal's own words are kept for the log and left out of what a user may see", async () => {
    const { fal, provider } = setUp();
    fal.playNext("submit-403-no-balance");
    const error = await provider.submit(JOB).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toContain("Exhausted balance");
    expect(error).toMatchObject({ cause: { body: { detail: expect.stringContaining("Exhausted balance") } } });
  });
});

describe("status", () => {
  test("asks by owner and app, and says how far the job is", async () => {
    const { fal, provider, ref } = await submitted("completes");
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "queued" });
    now = 500;
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "running" });
    now = 1000;
    const url = `https://v3.fal.media/files/${ref.requestId}.mp4`;
    expect(await provider.status(ref)).toEqual({ kind: "finished", videos: [url] });
    expect(fal.calls.at(-1)).toBe(`GET https://queue.fal.run/fal-ai/veo3.1/requests/${ref.requestId}`);
  });

  test("a state that is new only slows", async () => {
    const { provider, ref } = await submitted("status-unknown-once");
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "unknown" });
  });

  test.each([
    ["content-policy-violation", "content-rejected"],
    ["image-too-small", "provider-rejected"],
    ["string-detail", "provider-rejected"],
    ["runner-error", "provider-failed"],
    ["missing-video", "result-missing"],
  ] as const)("completed with %s is the verdict %s", async (scenario, code) => {
    const { provider, ref } = await submitted(scenario);
    now = 1000;
    expect(await provider.status(ref)).toMatchObject({ kind: "failed", error: { code } });
  });

  test("a verdict names the field and fal's machine word, never its text", async () => {
    const { provider, ref } = await submitted("image-too-small");
    now = 1000;
    const answer = await provider.status(ref);
    expect(answer).toMatchObject({
      error: {
        message: "The provider refused this request. Reason: image_too_small (prompt).",
        details: { reasons: [{ type: "image_too_small", field: "prompt" }] },
      },
    });
    expect(JSON.stringify("error" in answer && answer.error)).not.toContain("300x300");
  });

  test("a reason counts whatever stands beside it", async () => {
    const detail = ["odd", null, { type: "content_policy_violation", loc: null }];
    const { provider, ref } = await submitted({ failure: { status: 422, body: { detail, error_type: null } } });
    now = 1000;
    expect(await provider.status(ref)).toMatchObject({ error: { code: "content-rejected" } });
  });

  test("a machine word that is none does not get through", async () => {
    const detail = [{ loc: ["body", "<b>"], msg: "", type: "Visit http://evil.example" }];
    const { provider, ref } = await submitted({ failure: { status: 422, body: { detail }, error: "422" } });
    now = 1000;
    expect(await provider.status(ref)).toMatchObject({
      error: { code: "provider-rejected", message: "The provider refused this request." },
    });
  });

  test("a cancelled job is canceled, not failed", async () => {
    const { provider, ref } = await submitted("completes");
    await provider.cancel(ref);
    expect(await provider.status(ref)).toMatchObject({ kind: "failed", error: { code: "canceled" } });
  });

  test("a running job whose error only frames nothing goes on", async () => {
    const { provider, ref } = await submitted("status-without-verdict");
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "running" });
  });

  test("a video in a neighbouring shape is taken, and one that may not be passed on is withheld", async () => {
    now = 1000;
    const statusOf = async (scenario: FalScenarioName) => {
      const { provider, ref } = await submitted(scenario);
      now += 1000;
      return await provider.status(ref);
    };
    expect(await statusOf("neighbouring-output")).toEqual({
      kind: "finished",
      videos: ["https://v3.fal.media/files/neighbour.mp4"],
    });
    expect(await statusOf("insecure-video")).toMatchObject({ videos: [], withheld: [{ why: "it is not https" }] });
    expect(await statusOf("inline-video")).toMatchObject({ videos: [], withheld: [{ isForbidden: false }] });
    expect(await statusOf("unread-output")).toMatchObject({ kind: "pending", unreadShape: expect.any(String) });
  });

  test.each(["status-502-once", "status-reset-once", "status-bare-404-once"] as const)(
    "%s is asked once and is no verdict",
    async (scenario) => {
      const { fal, provider, ref } = await submitted(scenario);
      await expect(provider.status(ref)).rejects.toMatchObject({ code: "provider-unavailable", retryable: true });
      expect(fal.calls).toHaveLength(2);
      expect(await provider.status(ref)).toMatchObject({ kind: "pending" });
    },
  );

  test.each(["result-504-once", "result-reset-once"] as const)(
    "%s is asked once and is no verdict",
    async (scenario) => {
      const { fal, provider, ref } = await submitted(scenario);
      now = 1000;
      await expect(provider.status(ref)).rejects.toMatchObject({ code: "provider-unavailable", retryable: true });
      expect(fal.calls).toHaveLength(3);
      expect(await provider.status(ref)).toMatchObject({ kind: "finished" });
    },
  );

  test.each([
    ["marked as retryable", { status: 400, body: { detail: "downstream" }, retryable: true }],
    ["a 400 without a reason, which may mean still in progress", { status: 400, body: { detail: "in progress" } }],
    ["a 500 although the status named no error", { status: 500, body: { detail: "internal" } }],
  ])("a result that is %s is no verdict", async (_, failure) => {
    const { provider, ref } = await submitted({ failure });
    now = 1000;
    await expect(provider.status(ref)).rejects.toMatchObject({ code: "provider-unavailable" });
  });

  test.each([
    [401, "not-configured"],
    [402, "provider-unavailable"],
    [403, "provider-unavailable"],
    [404, "not-found"],
    [422, "not-found"],
    [429, "rate-limited"],
    [500, "provider-unavailable"],
  ] as const)("a status answered with %i is thrown as %s: it is no verdict", async (status, code) => {
    const { provider, ref } = await submitted({ status: [{ kind: "answer", status, body: { detail: "secret" } }] });
    const error = await provider.status(ref).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "VideoError", code });
    expect(JSON.stringify(error)).not.toContain("secret");
  });

  test("a job that fal does not know is not found", async () => {
    const { provider } = setUp();
    const ref = { requestId: "never-was", endpoint: JOB.endpoint };
    await expect(provider.status(ref)).rejects.toMatchObject({ code: "not-found" });
  });

  test("an app may let other video URLs through", async () => {
    const mp4Url = () => "http://127.0.0.1:4400/a.mp4";
    const { provider } = setUp({ mp4Url }, { isAllowedVideoUrl: ({ hostname }) => hostname === "127.0.0.1" });
    const submission = await provider.submit(JOB);
    now = 1000;
    const requestId = submission.kind === "accepted" ? submission.requestId : "";
    expect(await provider.status({ requestId, endpoint: JOB.endpoint })).toMatchObject({ videos: [mp4Url()] });
  });
});

describe("cancel", () => {
  test.each([
    [50, "removed"],
    [500, "requested"],
    [1000, "too-late"],
  ])("after %i ms is %s", async (at, canceled) => {
    const { provider, ref } = await submitted("completes");
    now = at;
    expect(await provider.cancel(ref)).toBe(canceled);
  });

  test("of a job that fal does not know is not-found", async () => {
    const ref = { requestId: "never-was", endpoint: JOB.endpoint };
    expect(await setUp().provider.cancel(ref)).toBe("not-found");
  });

  test("goes unanswered when fal cannot be reached", async () => {
    const fetch = () => Promise.reject(new TypeError("fetch failed"));
    const ref = { requestId: "any-request", endpoint: JOB.endpoint };
    await expect(setUp({}, { fetch }).provider.cancel(ref)).rejects.toMatchObject({ code: "provider-unavailable" });
  });
});

describe("uploadImage", () => {
  test("puts the bytes into fal's storage and returns their URL", async () => {
    const { fal, provider } = setUp();
    const url = await provider.uploadImage?.(new Blob(["pixels"], { type: "image/png" }));
    expect(fal.uploads).toMatchObject([{ fileUrl: url, contentType: "image/png" }]);
  });

  test("fails as upload-failed, after one try", async () => {
    const { fal, provider } = setUp({ key: "another" });
    await expect(provider.uploadImage?.(new Blob([""]))).rejects.toMatchObject({ code: "upload-failed" });
    expect(fal.calls).toHaveLength(1);
  });
});
