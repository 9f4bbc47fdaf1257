import { beforeEach, describe, expect, test } from "vitest";
import { createProviderFetch } from "./create-provider-fetch.ts";
import { createFakeKie, type FakeKieOptions } from "./fake-kie.ts";
import type { KieScenarioName } from "./kie-scenarios.ts";

let now = 0;

function setUp(options: Partial<FakeKieOptions> = {}) {
  const kie = createFakeKie({ now: () => now, queueMs: 100, jobMs: 900, ...options });
  const fetch = createProviderFetch([kie]);
  const ask = async (path: string, init: RequestInit = {}) => {
    const response = await fetch(`https://api.kie.ai/api/v1/jobs/${path}`, {
      ...init,
      headers: { authorization: "Bearer secret" },
    });
    return { status: response.status, body: await response.json() };
  };
  const create = (body: unknown = { model: "wan/2-5-text-to-video", input: { prompt: "a corgi" } }) =>
    ask("createTask", { method: "POST", body: JSON.stringify(body) });
  return { kie, fetch, ask, create, record: (id: string) => ask(`recordInfo?taskId=${id}`) };
}

const FIRST = "1".padStart(32, "0");

beforeEach(() => {
  now = 0;
});

describe("a task that goes well", () => {
  test("moves through kie's states by the clock alone", async () => {
    const { create, record } = setUp();
    expect((await create()).body).toEqual({ code: 200, msg: "success", data: { taskId: FIRST } });
    const seen: unknown[] = [];
    for (now of [0, 50, 100, 999, 1000]) seen.push((await record(FIRST)).body.data.state);
    expect(seen).toEqual(["waiting", "queuing", "generating", "generating", "success"]);
  });

  test("gives its result as a JSON string, and only once it is a success", async () => {
    const { create, record } = setUp();
    await create();
    expect((await record(FIRST)).body.data.resultJson).toBeNull();
    now = 1000;
    const { data } = (await record(FIRST)).body;
    expect(JSON.parse(data.resultJson)).toEqual({ resultUrls: [`https://tempfile.aiquickdraw.com/${FIRST}.mp4`] });
    expect(data).toMatchObject({ failCode: null, createTime: 0, completeTime: 1000, costTime: 1 });
  });

  test("is unknown to recordInfo for as long as the grace lasts", async () => {
    const { create, record } = setUp({ graceMs: 30 });
    await create();
    now = 29;
    expect((await record(FIRST)).body).toMatchObject({ code: 422, msg: "recordInfo is null" });
    now = 30;
    expect((await record(FIRST)).body).toMatchObject({ code: 200 });
  });
});

describe("what kie refuses, inside HTTP 200", () => {
  test("a call without its key", async () => {
    const response = await setUp().fetch("https://api.kie.ai/api/v1/jobs/createTask", { method: "POST", body: "{}" });
    expect([response.status, await response.json()]).toMatchObject([200, { code: 401 }]);
  });

  test.each([
    ["a model it no longer has", { model: "sora-2-text-to-video", input: {} }, 422],
    ["a create without input", { model: "wan/2-5-text-to-video" }, 400],
    ["a create that is no object", [], 422],
  ])("%s", async (_, body, code) => {
    const answer = await setUp({ retired: ["sora-2-text-to-video"] }).create(body);
    expect(answer).toMatchObject({ status: 200, body: { code } });
  });

  test("a task that never was, and an address that is none", async () => {
    const { record, ask } = setUp();
    expect((await record("never-was")).body).toMatchObject({ code: 422, msg: "recordInfo is null" });
    expect((await ask("elsewhere")).body).toMatchObject({ code: 404 });
  });
});

test("more than 20 creates within 10 s are refused with HTTP 429, and none of them is queued", async () => {
  const { create, kie } = setUp();
  const codes: unknown[] = [];
  for (let count = 0; count < 22; count += 1) codes.push((await create()).status);
  expect(codes).toEqual([...Array.from({ length: 20 }, () => 200), 429, 429]);
  expect(kie.tasks).toHaveLength(20);
  now = 10_000;
  expect((await create()).status).toBe(200);
});

describe("scenarios", () => {
  test.each([
    ["create-402", 402, 0],
    ["create-500-accepted", 500, 1],
  ] as const)("%s answers code %i and leaves %i tasks", async (scenario, code, tasks) => {
    const { kie, create } = setUp();
    kie.playNext(scenario);
    expect(await create()).toMatchObject({ status: 200, body: { code } });
    expect(kie.tasks).toHaveLength(tasks);
  });

  test.each([
    ["fails", { code: 200, data: { state: "fail", failCode: "500" } }],
    ["record-408", { code: 408 }],
    ["record-501", { code: 501 }],
    ["unreadable-result", { code: 200, data: { state: "success", resultJson: "{not json" } }],
  ] as const satisfies [KieScenarioName, object][])("%s shows in the record", async (scenario, body) => {
    const { kie, create, record } = setUp();
    kie.playNext(scenario);
    await create();
    now = 1000;
    expect((await record(FIRST)).body).toMatchObject(body);
  });

  test("a task may never end", async () => {
    const { kie, create } = setUp();
    kie.playNext("never-ends");
    await create();
    now = 1e12;
    expect(kie.tasks[0]?.state).toBe("generating");
  });
});
