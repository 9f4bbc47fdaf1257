import { beforeEach, describe, expect, test } from "vitest";
import { createProviderFetch } from "./create-provider-fetch.ts";
import { createFakeWavespeed, type FakeWavespeedOptions } from "./fake-wavespeed.ts";
import type { WavespeedScenarioName } from "./wavespeed-scenarios.ts";

const FIRST = "1".padStart(32, "0");
let now = 0;

function setUp(options: Partial<FakeWavespeedOptions> = {}) {
  const wavespeed = createFakeWavespeed({ now: () => now, queueMs: 100, jobMs: 900, ...options });
  const fetch = createProviderFetch([wavespeed]);
  const ask = async (path: string, init: RequestInit = {}) => {
    const url = `https://api.wavespeed.ai/api/v3/${path}`;
    const response = await fetch(url, { headers: { authorization: "Bearer secret" }, ...init });
    return { status: response.status, body: await response.json() };
  };
  const submit = (body: unknown = { prompt: "a corgi" }, path = "vendor/model/image-to-video") =>
    ask(path, { method: "POST", body: JSON.stringify(body) });
  return { wavespeed, fetch, ask, submit, result: (id: string) => ask(`predictions/${id}/result`) };
}

beforeEach(() => {
  now = 0;
});

describe("a task that goes well", () => {
  test("moves through the states by the clock alone, in one shape of answer", async () => {
    const { submit, result } = setUp();
    const { body } = await submit();
    expect(body).toMatchObject({
      code: 200,
      data: { id: FIRST, model: "vendor/model/image-to-video", status: "created" },
    });
    expect(body.data.urls.get).toBe(`https://api.wavespeed.ai/api/v3/predictions/${FIRST}/result`);
    const seen: unknown[] = [];
    for (now of [0, 99, 100, 999, 1000]) seen.push((await result(FIRST)).body.data.status);
    expect(seen).toEqual(["created", "created", "processing", "processing", "completed"]);
    expect((await result(FIRST)).body.data).toMatchObject({
      outputs: [`https://videos.wavespeed.example/${FIRST}.mp4`],
      has_nsfw_contents: [false],
      error: "",
    });
  });

  test("keeps its webhook", async () => {
    const { wavespeed, submit } = setUp();
    await submit({}, "vendor/model?webhook=https%3A%2F%2Fapp.example%2F%3Fa%3Db");
    expect(wavespeed.tasks).toMatchObject([{ model: "vendor/model", webhookUrl: "https://app.example/?a=b" }]);
  });
});

describe("what is refused", () => {
  test.each([
    ["a call without a key", 401, { method: "POST", body: "{}", headers: {} }],
    ["a submit that is no object", 400, { method: "POST", body: "[]" }],
    ["another method", 404, { method: "DELETE" }],
  ])("%s", async (_, status, init) => {
    expect(await setUp().ask("vendor/model", init)).toMatchObject({ status, body: { code: status } });
  });

  test("another key than the one, a model that is gone, and a task that never was", async () => {
    expect(await setUp({ key: "other" }).submit()).toMatchObject({ status: 401 });
    expect(await setUp({ retired: ["a/b"] }).submit({}, "a/b")).toMatchObject({ status: 404 });
    expect(await setUp().result("never-was")).toMatchObject({ status: 404 });
  });

  test("a file that is put without the headers it was announced with", async () => {
    const { ask, fetch, wavespeed } = setUp();
    const { upload } = (await ask("media/uploads", { method: "POST", body: "{}" })).body.data;
    expect((await fetch(upload.url, { method: "PUT", body: "x" })).status).toBe(403);
    expect((await fetch(upload.url, { method: "PUT", body: "x", headers: upload.headers })).status).toBe(200);
    expect(wavespeed.uploads.size).toBe(1);
  });
});

describe("scenarios", () => {
  test.each([
    ["submit-402", 402, 0],
    ["submit-500-accepted", 500, 1],
    ["submit-without-id", 200, 1],
  ] as const satisfies [WavespeedScenarioName, number, number][])(
    "%s answers %i and leaves %i tasks",
    async (scenario, status, tasks) => {
      const { wavespeed, submit } = setUp();
      wavespeed.playNext(scenario);
      expect(await submit()).toMatchObject({ status });
      expect(wavespeed.tasks).toHaveLength(tasks);
    },
  );

  test.each([
    ["flagged", { status: "failed", outputs: [], has_nsfw_contents: [true] }],
    ["cancelled", { status: "cancelled", outputs: [] }],
    ["missing-video", { status: "completed", outputs: [] }],
    ["never-ends", { status: "processing" }],
  ] as const)("%s shows in the result, under HTTP 200", async (scenario, data) => {
    const { wavespeed, submit, result } = setUp();
    wavespeed.playNext(scenario);
    await submit();
    now = 1000;
    expect(await result(FIRST)).toMatchObject({ status: 200, body: { code: 200, data } });
  });
});
