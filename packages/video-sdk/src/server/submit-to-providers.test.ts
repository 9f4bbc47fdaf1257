// The order of providers, against simulated ones: who is asked next, and above all who is not.
import type { VideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { VIDEO_ERRORS, VideoError, type VideoErrorCode } from "../errors.ts";
import { createProviderFetch } from "../testing/providers/create-provider-fetch.ts";
import { createFakeFal } from "../testing/providers/fake-fal.ts";
import { createFakeKie } from "../testing/providers/fake-kie.ts";
import { createFakeWavespeed } from "../testing/providers/fake-wavespeed.ts";
import type { FalScenario, FalScenarioName } from "../testing/providers/fal-scenarios.ts";
import { kieCode, type KieScenario, type KieScenarioName } from "../testing/providers/kie-scenarios.ts";
import { falProvider } from "./providers/fal-provider.ts";
import { kieProvider } from "./providers/kie-provider.ts";
import type { VideoProvider } from "./providers/provider.ts";
import { wavespeedProvider } from "./providers/wavespeed-provider.ts";
import { submitToProviders, type ProviderRefusal, type SubmitToProvidersOptions } from "./submit-to-providers.ts";

/** The registry sends it to kie first, then to fal. */
const KLING: VideoRequest = { model: "vid-kling-2.6-pro", prompt: "a corgi surfing", aspectRatio: "16:9", duration: 5 };
const PNG = btoa("\x89PNG\r\n\x1a\nrest");

function setUp(options: Partial<SubmitToProvidersOptions> = {}) {
  const now = () => 0;
  const [fal, kie, wavespeed] = [createFakeFal({ now }), createFakeKie({ now }), createFakeWavespeed({ now })];
  const fetch = createProviderFetch([fal, kie, wavespeed]);
  const refusals: ProviderRefusal[] = [];
  const providers = [
    falProvider({ credentials: "id:secret", fetch }),
    kieProvider({ apiKey: "secret", fetch }),
    wavespeedProvider({ apiKey: "secret", fetch }),
  ];
  const submit = async (request: VideoRequest = KLING) =>
    await submitToProviders(request, { providers, onRefused: (refusal) => void refusals.push(refusal), ...options });
  const jobs = () => [kie.tasks.length, fal.jobs.length];
  return { fal, kie, wavespeed, fetch, providers, refusals, submit, jobs };
}

const kieAnswers = (code: number): KieScenario => ({ create: { fault: kieCode(code, "said kie"), accepted: false } });
const falAnswers = (status: number): FalScenario => ({
  submit: { fault: { kind: "answer", status, body: { detail: "said fal" } }, accepted: false },
});

test("the preferred provider has the job, and no other is asked", async () => {
  const { submit, jobs, fal, refusals } = setUp();
  expect(await submit()).toMatchObject({ provider: { id: "kie" }, submission: { kind: "accepted" } });
  expect([jobs(), fal.calls, refusals]).toEqual([[1, 0], [], []]);
});

describe("the next provider has exactly one job, when kie certainly has none:", () => {
  test.each([
    ["a limit on creates", "create-429", "rate-limited"],
    ["no balance", "create-402", "provider-unavailable"],
    ["a cap of the key", kieAnswers(433), "provider-unavailable"],
    ["the firewall in front", kieAnswers(403), "provider-unavailable"],
    ["a key that is refused", kieAnswers(401), "not-configured"],
    ["maintenance", "create-455", "provider-unavailable"],
    ["a model that is gone", kieAnswers(404), "model-retired"],
    ["no connection at all", "create-not-connected", "provider-unavailable"],
  ] as const satisfies [string, KieScenarioName | KieScenario, VideoErrorCode][])("%s", async (_, scenario, code) => {
    const { kie, submit, jobs, refusals } = setUp();
    kie.playNext(scenario);
    expect(await submit()).toMatchObject({ provider: { id: "fal" }, submission: { kind: "accepted" } });
    expect(jobs()).toEqual([0, 1]);
    expect(refusals).toMatchObject([{ provider: "kie", error: { code }, next: "fal" }]);
  });

  test("a missing key, which is named in the refusal", async () => {
    const { fetch, providers } = setUp();
    const unset = kieProvider({ apiKey: undefined, fetch });
    const { submit, refusals } = setUp({ providers: [unset, ...providers.slice(0, 1)] });
    expect(await submit()).toMatchObject({ provider: { id: "fal" } });
    expect(refusals).toMatchObject([{ error: { message: expect.stringContaining("KIE_API_KEY") } }]);
  });

  test("a request that it cannot take", async () => {
    const { submit, jobs, refusals, kie } = setUp();
    const wide = "kie takes 1000 characters, fal 2500. ".repeat(40);
    expect(await submit({ ...KLING, prompt: wide })).toMatchObject({ provider: { id: "fal" } });
    expect([jobs(), kie.calls]).toEqual([[0, 1], []]);
    expect(refusals).toMatchObject([{ provider: "kie", error: { code: "invalid-request" }, next: "fal" }]);
  });

  test("an image given as bytes, which it does not take", async () => {
    const { submit, jobs, fal } = setUp();
    const { aspectRatio: _, ...withImage } = KLING;
    expect(await submit({ ...withImage, attachmentImageBytes: PNG })).toMatchObject({ provider: { id: "fal" } });
    expect(jobs()).toEqual([0, 1]);
    expect(fal.uploads).toHaveLength(1);
  });
});

describe("no other provider is asked, when kie may have the job:", () => {
  test.each([
    ["an error of its server", "create-500-accepted", 1],
    ["a gateway's error page", "create-502-refused", 0],
    ["a connection that broke", "create-reset-accepted", 1],
    ["a success that names no job", "create-without-id", 1],
    ["a code that is not documented", kieAnswers(599), 0],
  ] as const satisfies [string, KieScenarioName | KieScenario, number][])("%s", async (_, scenario, tasks) => {
    const { kie, fal, submit, jobs, refusals } = setUp();
    kie.playNext(scenario);
    await expect(submit()).rejects.toMatchObject({ code: "submission-unknown" });
    expect([jobs(), fal.calls, refusals]).toEqual([[tasks, 0], [], []]);
  });

  test("an error that is none of ours", async () => {
    const { providers, fal } = setUp();
    const broken: VideoProvider = {
      ...kieProvider({ apiKey: "k" }),
      submit: () => Promise.reject(new TypeError("bug")),
    };
    const { submit } = setUp({ providers: [broken, ...providers.slice(0, 1)] });
    await expect(submit()).rejects.toThrow("bug");
    expect(fal.calls).toEqual([]);
  });
});

describe("no other provider is asked after a verdict on the input:", () => {
  test.each([kieAnswers(400), kieAnswers(505), "create-422"] as const)("%j", async (scenario) => {
    const { kie, fal, submit, refusals } = setUp();
    kie.playNext(scenario);
    await expect(submit()).rejects.toMatchObject({ code: "provider-rejected" });
    expect(fal.calls).toEqual([]);
    expect(refusals).toMatchObject([{ provider: "kie", error: { code: "provider-rejected" }, next: undefined }]);
  });
});

test("of all error codes, these and no others let the next provider be asked", async () => {
  const lets: VideoErrorCode[] = [];
  for (const code of Object.keys(VIDEO_ERRORS) as VideoErrorCode[]) {
    const { providers, fal } = setUp();
    const failing: VideoProvider = {
      ...kieProvider({ apiKey: "k" }),
      submit: () => Promise.reject(new VideoError(code)),
    };
    const { submit } = setUp({ providers: [failing, ...providers.slice(0, 1)] });
    await submit().catch(() => undefined);
    if (fal.jobs.length === 1) lets.push(code);
  }
  expect(lets.toSorted()).toEqual(["model-retired", "not-configured", "provider-unavailable", "rate-limited"]);
});

describe("when no provider takes it", () => {
  test.each([
    ["create-429", falAnswers(403), "rate-limited"],
    ["create-402", "submit-429", "rate-limited"],
    ["create-402", falAnswers(410), "provider-unavailable"],
    [kieAnswers(404), falAnswers(403), "model-retired"],
  ] as const satisfies [KieScenarioName | KieScenario, FalScenarioName | FalScenario, VideoErrorCode][])(
    "%j and %j are %s: what may pass counts first, then the preferred provider",
    async (kieScenario, falScenario, code) => {
      const { kie, fal, submit, refusals } = setUp();
      kie.playNext(kieScenario);
      fal.playNext(falScenario);
      await expect(submit()).rejects.toMatchObject({ code });
      expect(refusals.map(({ provider, next }) => [provider, next])).toEqual([
        ["kie", "fal"],
        ["fal", undefined],
      ]);
    },
  );

  test("a doubtful answer of the second ends it as well", async () => {
    const { kie, fal, submit } = setUp();
    kie.playNext("create-429");
    fal.playNext("submit-reset-accepted");
    await expect(submit()).rejects.toMatchObject({ code: "submission-unknown" });
    expect(fal.jobs).toHaveLength(1);
  });

  test("a model with one provider here tells of its refusal, too: a call that was sent has an end", async () => {
    const { kie, providers } = setUp();
    kie.playNext("create-429");
    const { submit, refusals } = setUp({ providers: providers.slice(1, 2) });
    await expect(submit()).rejects.toMatchObject({ code: "rate-limited" });
    expect(refusals).toMatchObject([{ provider: "kie", error: { code: "rate-limited" }, next: undefined }]);
  });

  test("a model with no provider here names what is missing", async () => {
    await expect(setUp({ providers: [] }).submit()).rejects.toMatchObject({
      code: "not-configured",
      message: expect.stringContaining("kie, fal"),
    });
  });
});

describe("routing by the app", () => {
  test("reverses the order of a model", async () => {
    const { submit, jobs } = setUp({ routing: { "vid-kling-2.6-pro": ["fal", "kie"] } });
    expect(await submit()).toMatchObject({ provider: { id: "fal" } });
    expect(jobs()).toEqual([0, 1]);
  });

  test("sends Lucy to WaveSpeedAI, as an app would write it, and back to fal where that is full", async () => {
    const { wavespeed, fal, submit } = setUp({
      routing: {
        "vid-lucy-pro": [
          {
            provider: "wavespeed",
            endpoint: "decart/decart-lucy-image-to-video",
            // The picture's own shape is kept there: it has no field for another.
            toInput: ({ prompt, attachmentImageUrl }) =>
              attachmentImageUrl === undefined ? undefined : { prompt, image: attachmentImageUrl },
          },
          "fal",
        ],
      },
    });
    const lucy: VideoRequest = {
      model: "vid-lucy-pro",
      prompt: "a corgi",
      attachmentImageUrl: "https://cdn.example/a.png",
    };
    expect(await submit(lucy)).toMatchObject({ provider: { id: "wavespeed" }, submission: { kind: "accepted" } });
    expect(wavespeed.tasks).toMatchObject([
      { model: "decart/decart-lucy-image-to-video", input: { prompt: "a corgi", image: "https://cdn.example/a.png" } },
    ]);
    wavespeed.playNext("submit-429");
    expect(await submit(lucy)).toMatchObject({ provider: { id: "fal" } });
    const { attachmentImageUrl: _, ...bytes } = { ...lucy, attachmentImageBytes: PNG };
    expect(await submit(bytes)).toMatchObject({ provider: { id: "wavespeed" } });
    expect([wavespeed.tasks.length, fal.jobs.length, wavespeed.uploads.size]).toEqual([2, 1, 1]);
  });

  test("a target that cannot take a request is left out", async () => {
    const target = { provider: "wavespeed", endpoint: "vendor/model", toInput: () => undefined } as const;
    const { wavespeed, submit } = setUp({ routing: { "vid-kling-2.6-pro": [target, "kie"] } });
    expect(await submit()).toMatchObject({ provider: { id: "kie" } });
    expect(wavespeed.calls).toEqual([]);
  });
});

test("a webhook is asked for where there is an address for the provider that gets the job", async () => {
  const webhookUrlOf = ({ id }: VideoProvider, modelId: string) =>
    `https://app.example/?provider=${id}&modelId=${modelId}`;
  const { kie, fal, submit } = setUp({ webhookUrlOf });
  await submit();
  kie.playNext("create-429");
  await submit();
  expect(kie.tasks).toMatchObject([{ callBackUrl: "https://app.example/?provider=kie&modelId=vid-kling-2.6-pro" }]);
  expect(fal.jobs).toMatchObject([{ webhookUrl: "https://app.example/?provider=fal&modelId=vid-kling-2.6-pro" }]);
});
