import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { createProviderFetch } from "../../testing/providers/create-provider-fetch.ts";
import { createFakeOpenrouter, type FakeOpenrouterOptions } from "../../testing/providers/fake-openrouter.ts";
import type { OpenrouterScenarioName } from "../../testing/providers/openrouter-scenarios.ts";
import { openrouterProvider, type OpenrouterProviderOptions } from "./openrouter-provider.ts";
import type { VideoProviderJob } from "./provider.ts";

const JOB: VideoProviderJob = {
  modelId: "vid-veo-3.1",
  provider: "openrouter",
  endpoint: "google/veo-3.1",
  input: { prompt: "a corgi", duration: 8, resolution: "720p", aspect_ratio: "16:9", generate_audio: true },
};
let now = 0;

function setUp(options: Partial<FakeOpenrouterOptions> = {}, access: Partial<OpenrouterProviderOptions> = {}) {
  const openrouter = createFakeOpenrouter({ now: () => now, queueMs: 100, jobMs: 900, ...options });
  const provider = openrouterProvider({ apiKey: "secret", fetch: createProviderFetch([openrouter]), ...access });
  return { openrouter, provider };
}

async function submitted(scenario: OpenrouterScenarioName) {
  const { openrouter, provider } = setUp();
  openrouter.playNext(scenario);
  const submission = await provider.submit(JOB);
  if (submission.kind !== "accepted") throw new Error("The job was not accepted.");
  return { openrouter, provider, ref: { requestId: submission.requestId, endpoint: undefined } };
}

beforeEach(() => {
  now = 0;
});

describe("submit", () => {
  test("posts the model's slug with its fields, once, and asks for no webhook", async () => {
    const { openrouter, provider } = setUp();
    expect(await provider.submit(JOB)).toEqual({
      kind: "accepted",
      requestId: openrouter.jobs[0]?.id,
    });
    expect(openrouter.calls).toEqual(["POST https://openrouter.ai/api/v1/videos"]);
    expect(openrouter.jobs).toMatchObject([{ model: "google/veo-3.1", input: JOB.input }]);
    expect(Object.keys(openrouter.jobs[0]?.input ?? {})).not.toContain("callback_url");
    expect(provider.verifyWebhook).toBeUndefined();
  });

  test("names a webhook where there is one", async () => {
    const { openrouter, provider } = setUp({}, { webhookSecret: "signing secret" });
    const webhookUrl = "https://app.example/api/webhook?provider=openrouter";
    await provider.submit({ ...JOB, webhookUrl });
    expect(openrouter.jobs).toMatchObject([{ input: { ...JOB.input, callback_url: webhookUrl } }]);
  });

  test.each([
    ["submit-400", "provider-rejected", false],
    ["submit-402", "provider-unavailable", false],
    ["submit-403", "content-rejected", false],
    ["submit-429", "rate-limited", true],
    ["submit-500-accepted", "submission-unknown", false],
    ["submit-502-refused", "submission-unknown", false],
    ["submit-reset-accepted", "submission-unknown", false],
    ["submit-without-id", "submission-unknown", false],
    ["submit-not-connected", "provider-unavailable", true],
  ] as const)("%s is %s after exactly one call", async (scenario, code, retryable) => {
    const { openrouter, provider } = setUp();
    openrouter.playNext(scenario);
    await expect(provider.submit(JOB)).rejects.toMatchObject({ name: "VideoError", code, retryable });
    expect(openrouter.calls).toHaveLength(1);
  });

  test("a slug that it does not have is a retired model, named as the app names it", async () => {
    const { provider } = setUp({ retired: [JOB.endpoint] });
    await expect(provider.submit(JOB)).rejects.toMatchObject({
      code: "model-retired",
      message: expect.stringContaining('"vid-veo-3.1"'),
    });
  });

  test("a key that it refuses is the server's fault", async () => {
    await expect(setUp({ key: "another" }).provider.submit(JOB)).rejects.toMatchObject({ code: "not-configured" });
  });

  test("a missing key is named when it is first needed, and nothing is sent", async () => {
    const { openrouter, provider } = setUp({}, { apiKey: () => "" });
    await expect(provider.submit(JOB)).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining("OPENROUTER_API_KEY"),
    });
    expect(openrouter.calls).toEqual([]);
  });

  test("no field of the input takes the place of the model", async () => {
    const { openrouter, provider } = setUp();
    await provider.submit({ ...JOB, input: { ...JOB.input, model: "google/dearer" } });
    expect(openrouter.jobs).toMatchObject([{ model: "google/veo-3.1" }]);
  });
});

describe("status", () => {
  test("says how far the job is, and gives the signed address of the video", async () => {
    const { openrouter, provider, ref } = await submitted("completes");
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "queued" });
    now = 500;
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "running" });
    now = 1000;
    const videos = [`https://storage.openrouter.example/${ref.requestId}.mp4`];
    expect(await provider.status(ref)).toEqual({ kind: "finished", videos });
    expect(openrouter.calls.at(-1)).toBe(`GET https://openrouter.ai/api/v1/videos/${ref.requestId}`);
    expect(openrouter.jobs).toMatchObject([{ state: "completed" }]);
  });

  test("a state that is new only slows", async () => {
    const { provider, ref } = await submitted("status-unknown-once");
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "unknown" });
  });

  test("a job that never ends stays pending", async () => {
    const { provider, ref } = await submitted("never-ends");
    now = 1e9;
    expect(await provider.status(ref)).toMatchObject({ kind: "pending" });
  });

  test.each([
    ["fails", "provider-failed"],
    ["cancelled", "canceled"],
    ["expires", "provider-failed"],
    ["key-needed", "result-missing"],
  ] as const)("%s is the verdict %s, without its text", async (scenario, code) => {
    const { provider, ref } = await submitted(scenario);
    now = 1000;
    const answer = await provider.status(ref);
    expect(answer).toMatchObject({ kind: "failed", error: { code, details: { provider: "openrouter" } } });
    expect(JSON.stringify("error" in answer ? answer.error : undefined)).not.toContain("corgi");
  });

  test("a video whose address cannot be shown is withheld, and not lost", async () => {
    const { provider, ref } = await submitted("missing-video");
    now = 1000;
    const answer = await provider.status(ref);
    expect(answer).toMatchObject({
      kind: "finished",
      videos: [],
      withheld: [{ url: "not an address", isForbidden: true }],
    });
  });

  test.each([
    ["status-429-once", "rate-limited"],
    ["status-502-once", "provider-unavailable"],
    ["status-reset-once", "provider-unavailable"],
  ] as const)("%s is no verdict: it is thrown, retryable, after one call", async (scenario, code) => {
    const { openrouter, provider, ref } = await submitted(scenario);
    await expect(provider.status(ref)).rejects.toMatchObject({ code, retryable: true });
    expect(openrouter.calls).toHaveLength(2);
    expect(await provider.status(ref)).toMatchObject({ kind: "pending" });
  });

  test("a job that it does not know is not found", async () => {
    const ref = { requestId: "never-was", endpoint: undefined };
    await expect(setUp().provider.status(ref)).rejects.toMatchObject({ code: "not-found" });
  });
});

test("cancel is unsupported, and nothing is sent", async () => {
  const { openrouter, provider, ref } = await submitted("completes");
  expect(await provider.cancel(ref)).toBe("unsupported");
  expect(openrouter.calls).toHaveLength(1);
});

describe("a webhook", () => {
  const SECRET = "signing secret";
  const NOW = 1_767_225_600_000;
  const SECONDS = String(NOW / 1_000);
  const BODY = JSON.stringify({
    type: "video.generation.completed",
    data: { id: "job-000000000001", status: "completed" },
  });
  const hmac = (text: string, secret = SECRET): string => createHmac("sha256", secret).update(text).digest("hex");
  const signed = (body = BODY, seconds = SECONDS, secret?: string): string =>
    `t=${seconds},v1=${hmac(`${seconds},${body}`, secret)}`;
  const verify = (signature: string | undefined, body = BODY, webhookSecret: string | (() => string) = SECRET) => {
    const headers = new Headers(signature === undefined ? {} : { "X-OpenRouter-Signature": signature });
    const { signal } = new AbortController();
    const webhook = { headers, body: new TextEncoder().encode(body), nowMs: NOW, signal };
    return setUp({}, { webhookSecret }).provider.verifyWebhook?.(webhook);
  };

  test("that it has signed names the job, whatever stands around the signature", async () => {
    const verified = { requestId: "job-000000000001", messageId: `job-000000000001.${SECONDS}` };
    expect(await verify(signed())).toEqual(verified);
    expect(await verify(`v0=00, ${signed().split(",").toReversed().join(", ")}`, BODY, () => SECRET)).toEqual(verified);
  });

  test.each([
    ["has no signature", undefined, BODY],
    ["has an empty one", "t=,v1=", BODY],
    ["is signed with another secret", signed(BODY, SECONDS, "another"), BODY],
    ["was changed on its way", signed(), BODY.replace("job-000000000001", "job-000000000002")],
    ["is signed for another time", signed().replace(SECONDS, String(Number(SECONDS) + 1)), BODY],
    ["is five minutes old", signed(BODY, String(Number(SECONDS) - 301)), BODY],
    ["is of the future", signed(BODY, String(Number(SECONDS) + 301)), BODY],
    ["has a time that is none", signed(BODY, "now"), BODY],
    ["names no job", signed("{}"), "{}"],
    ["is no JSON", signed("<html>"), "<html>"],
  ])("that %s is refused", async (_, signature, body) => {
    await expect(verify(signature, body)).rejects.toMatchObject({ code: "not-signed-in", retryable: false });
  });

  test("without a secret is the server's fault, by the setting's name", async () => {
    await expect(verify(signed(), BODY, () => "")).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining("OPENROUTER_WEBHOOK_SECRET"),
    });
  });
});
