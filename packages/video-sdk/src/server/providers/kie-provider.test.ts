import { beforeEach, describe, expect, test } from "vitest";
import { createFakeKie, type FakeKieOptions } from "../../testing/providers/fake-kie.ts";
import { createProviderFetch } from "../../testing/providers/create-provider-fetch.ts";
import type { KieScenario, KieScenarioName } from "../../testing/providers/kie-scenarios.ts";
import { kieProvider, type KieProviderOptions } from "./kie-provider.ts";
import type { VideoProviderJob } from "./provider.ts";

const JOB: VideoProviderJob = {
  modelId: "kie-wan-2.5",
  provider: "kie",
  endpoint: "wan/2-5-text-to-video",
  input: { prompt: "a corgi", duration: "5" },
};
let now = 0;

function setUp(options: Partial<FakeKieOptions> = {}, access: Partial<KieProviderOptions> = {}) {
  const kie = createFakeKie({ now: () => now, queueMs: 100, jobMs: 900, ...options });
  const provider = kieProvider({ apiKey: "secret", fetch: createProviderFetch([kie]), ...access });
  return { kie, provider };
}

async function submitted(scenario: KieScenarioName | KieScenario, options: Partial<FakeKieOptions> = {}) {
  const { kie, provider } = setUp(options);
  kie.playNext(scenario);
  const submission = await provider.submit(JOB);
  if (submission.kind !== "accepted") throw new Error("The task was not accepted.");
  return { kie, provider, ref: { requestId: submission.requestId, endpoint: undefined } };
}

beforeEach(() => {
  now = 0;
});

describe("submit", () => {
  test("creates one task with the model's name and the input", async () => {
    const { kie, provider } = setUp();
    const submission = await provider.submit(JOB);
    expect(submission).toEqual({ kind: "accepted", requestId: kie.tasks[0]?.id });
    expect(kie.tasks[0]).toMatchObject({ model: JOB.endpoint, input: JOB.input });
  });

  test.each([
    ["create-422", "provider-rejected", false],
    ["create-402", "provider-unavailable", false],
    ["create-429", "rate-limited", true],
    ["create-455", "provider-unavailable", true],
    ["create-500-accepted", "submission-unknown", false],
    ["create-502-refused", "submission-unknown", false],
    ["create-reset-accepted", "submission-unknown", false],
    ["create-without-id", "submission-unknown", false],
    ["create-not-connected", "provider-unavailable", true],
  ] as const)("%s is %s after exactly one call", async (scenario, code, retryable) => {
    const { kie, provider } = setUp();
    kie.playNext(scenario);
    await expect(provider.submit(JOB)).rejects.toMatchObject({ name: "VideoError", code, retryable });
    expect(kie.calls).toHaveLength(1);
  });

  test("more creates than kie takes are rate-limited, and safe to repeat", async () => {
    const { kie, provider } = setUp();
    for (let count = 0; count < 20; count += 1) await provider.submit(JOB);
    await expect(provider.submit(JOB)).rejects.toMatchObject({ code: "rate-limited", retryable: true });
    expect(kie.tasks).toHaveLength(20);
  });

  test("a model that kie has dropped is retired, and named", async () => {
    const { provider } = setUp({ retired: ["sora-2-text-to-video"] });
    const job: VideoProviderJob = { ...JOB, modelId: "kie-sora-2", endpoint: "sora-2-text-to-video" };
    await expect(provider.submit(job)).rejects.toMatchObject({
      code: "model-retired",
      message: expect.stringContaining('"kie-sora-2"'),
    });
  });

  test("a key that kie refuses is the server's fault", async () => {
    await expect(setUp({ key: "another" }).provider.submit(JOB)).rejects.toMatchObject({ code: "not-configured" });
  });

  test("a missing key is named when it is first needed, and nothing is sent", async () => {
    const { kie, provider } = setUp({}, { apiKey: () => undefined });
    await expect(provider.submit(JOB)).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining("KIE_API_KEY"),
    });
    expect(kie.calls).toEqual([]);
  });

  test("kie's own words are kept for the log and left out of what a user may see", async () => {
    const { kie, provider } = setUp();
    kie.playNext("create-402");
    const error = await provider.submit(JOB).catch((thrown: unknown) => thrown);
    expect(JSON.stringify(error)).not.toContain("insufficient");
    expect(error).toMatchObject({ cause: { body: { msg: "Credits insufficient" } } });
  });
});

describe("status", () => {
  test("says how far the task is, and gives the video's URL", async () => {
    const { provider, ref } = await submitted("completes", { graceMs: 10 });
    const seen: unknown[] = [];
    for (now of [0, 10, 60, 500]) seen.push(await provider.status(ref));
    expect(seen).toEqual([
      { kind: "pending", status: "starting" },
      { kind: "pending", status: "queued" },
      { kind: "pending", status: "queued" },
      { kind: "pending", status: "running" },
    ]);
    now = 1000;
    const url = `https://tempfile.aiquickdraw.com/${ref.requestId}.mp4`;
    expect(await provider.status(ref)).toEqual({ kind: "finished", videos: [url] });
  });

  test("a state that is new only slows", async () => {
    const { provider, ref } = await submitted("record-unknown-once");
    expect(await provider.status(ref)).toEqual({ kind: "pending", status: "unknown" });
  });

  test.each([
    ["fails", "provider-failed"],
    ["record-408", "provider-failed"],
    ["record-501", "provider-failed"],
    ["missing-video", "result-missing"],
  ] as const)("%s is the verdict %s", async (scenario, code) => {
    const { provider, ref } = await submitted(scenario);
    now = 1000;
    expect(await provider.status(ref)).toMatchObject({ kind: "failed", error: { code } });
  });

  test("a result that cannot be read is pending, and a video inside its own URL is withheld", async () => {
    const unreadable = await submitted("unreadable-result");
    const inline = await submitted("inline-video");
    now = 1000;
    expect(await unreadable.provider.status(unreadable.ref)).toMatchObject({ kind: "pending", status: "unknown" });
    expect(await inline.provider.status(inline.ref)).toMatchObject({ videos: [], withheld: [{ isForbidden: false }] });
  });

  test.each([
    ["record-429-once", "rate-limited"],
    ["record-500-once", "provider-unavailable"],
    ["record-502-once", "provider-unavailable"],
    ["record-bare-501-once", "provider-unavailable"],
    ["record-reset-once", "provider-unavailable"],
  ] as const)("%s is asked once and is no verdict", async (scenario, code) => {
    const { kie, provider, ref } = await submitted(scenario);
    await expect(provider.status(ref)).rejects.toMatchObject({ code, retryable: true });
    expect(kie.calls).toHaveLength(2);
    expect(await provider.status(ref)).toMatchObject({ kind: "pending" });
  });
});

test("cancel is unsupported, and nothing is sent", async () => {
  const { kie, provider, ref } = await submitted("completes");
  expect(await provider.cancel(ref)).toBe("unsupported");
  expect(kie.calls).toHaveLength(1);
});
