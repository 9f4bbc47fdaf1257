import { beforeEach, describe, expect, test } from "vitest";
import { createProviderFetch } from "./create-provider-fetch.ts";
import { createFakeOpenrouter, type FakeOpenrouterOptions } from "./fake-openrouter.ts";

const FIRST = "job-000000000001";
let now = 0;

function setUp(options: Partial<FakeOpenrouterOptions> = {}) {
  const openrouter = createFakeOpenrouter({ now: () => now, queueMs: 100, jobMs: 900, ...options });
  const fetch = createProviderFetch([openrouter]);
  const ask = async (path: string, init: RequestInit = {}) => {
    const url = `https://openrouter.ai/api/v1/videos${path}`;
    const response = await fetch(url, { headers: { authorization: "Bearer secret" }, ...init });
    return { status: response.status, body: await response.json() };
  };
  const submit = (body: unknown = { model: "google/veo-3.1", prompt: "a corgi" }) =>
    ask("", { method: "POST", body: JSON.stringify(body) });
  return { openrouter, ask, submit };
}

beforeEach(() => {
  now = 0;
});

describe("a job that goes well", () => {
  test("moves through the states by the clock alone, in one shape of answer", async () => {
    const { ask, submit, openrouter } = setUp();
    const common = { id: FIRST, polling_url: `/api/v1/videos/${FIRST}` };
    expect(await submit()).toEqual({ status: 202, body: { ...common, status: "pending" } });
    const seen: unknown[] = [];
    for (now of [0, 99, 100, 999, 1000]) seen.push((await ask(`/${FIRST}`)).body.status);
    expect(seen).toEqual(["pending", "pending", "in_progress", "in_progress", "completed"]);
    expect((await ask(`/${FIRST}`)).body).toMatchObject({
      urls: [`https://storage.openrouter.example/${FIRST}.mp4`],
      unsigned_urls: [`https://openrouter.ai/api/v1/videos/${FIRST}/content?index=0`],
    });
    expect(openrouter.jobs).toMatchObject([
      { model: "google/veo-3.1", input: { prompt: "a corgi" }, state: "completed" },
    ]);
  });
});

describe("what is refused", () => {
  test.each([
    ["a call without a key", 401, "", { method: "POST", body: "{}", headers: {} }],
    ["a submit that is no object", 400, "", { method: "POST", body: "[]" }],
    ["a submit without a model", 400, "", { method: "POST", body: "{}" }],
    ["a job that was never made", 404, "/never-was", {}],
    ["another method", 404, `/${FIRST}`, { method: "DELETE" }],
  ])("%s", async (_, status, path, init) => {
    const { ask, submit } = setUp();
    await submit();
    expect(await ask(path, init)).toMatchObject({ status, body: { error: { code: status } } });
  });

  test("a slug that it does not have, and another key", async () => {
    expect(await setUp({ retired: ["google/veo-3.1"] }).submit()).toMatchObject({ status: 404 });
    expect(await setUp({ key: "another" }).submit()).toMatchObject({ status: 401 });
  });
});

test("a failed job is HTTP 200 with a text", async () => {
  const { openrouter, submit, ask } = setUp();
  openrouter.playNext("fails");
  await submit();
  now = 1000;
  expect(await ask(`/${FIRST}`)).toMatchObject({ status: 200, body: { status: "failed", error: expect.any(String) } });
});
