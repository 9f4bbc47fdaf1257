import { createFalClient, type FalClient } from "@fal-ai/client";
import { beforeEach, describe, expect, test } from "vitest";
import { createProviderFetch } from "./create-provider-fetch.ts";
import { createFakeFal, type FakeFal, type FakeFalOptions } from "./fake-fal.ts";
import { FAL_SCENARIOS, type FalScenarioName } from "./fal-scenarios.ts";

const ENDPOINT = "fal-ai/veo3.1/fast";
const QUEUE = "https://queue.fal.run";
let now = 0;

function setUp(options: Partial<FakeFalOptions> = {}) {
  const fal = createFakeFal({ now: () => now, queueMs: 100, jobMs: 900, ...options });
  const fetch = createProviderFetch([fal]);
  const ask = (path: string, init: RequestInit = {}) =>
    fetch(QUEUE + path, { ...init, headers: { authorization: "Key id:secret" } });
  return { fal, fetch, ask, client: createFalClient({ credentials: "id:secret", fetch, retry: { maxRetries: 0 } }) };
}

async function submit(client: FalClient, fal: FakeFal, scenario: FalScenarioName = "completes"): Promise<string> {
  fal.playNext(scenario);
  return (await client.queue.submit(ENDPOINT, { input: { prompt: "a corgi" } })).request_id;
}

beforeEach(() => {
  now = 0;
});

describe("a job that goes well", () => {
  test("moves through the queue by the clock alone, and answers 202 until it is completed", async () => {
    const { fal, ask, client } = setUp();
    const id = await submit(client, fal);
    const path = `/fal-ai/veo3.1/requests/${id}`;
    const seen: unknown[] = [];
    for (now of [0, 99, 100, 999, 1000]) {
      const response = await ask(`${path}/status?logs=0`);
      const { status } = await response.json();
      seen.push([response.status, status]);
    }
    expect(seen).toEqual([
      [202, "IN_QUEUE"],
      [202, "IN_QUEUE"],
      [202, "IN_PROGRESS"],
      [202, "IN_PROGRESS"],
      [200, "COMPLETED"],
    ]);
  });

  test("gives its raw output and fal's headers as its result", async () => {
    const { fal, ask, client } = setUp();
    const id = await submit(client, fal);
    now = 1000;
    const response = await ask(`/fal-ai/veo3.1/requests/${id}`);
    expect(response.headers.get("x-fal-request-id")).toBe(id);
    expect(response.headers.get("x-fal-billable-units")).toBe("1");
    expect(await response.json()).toMatchObject({ video: { url: `https://v3.fal.media/files/${id}.mp4` } });
  });

  test("is read by the real client from submit to result", async () => {
    const { client } = setUp({
      queueMs: 0,
      jobMs: 0,
      mp4Url: ({ input }) => `https://cdn.example/${String(input["prompt"])}`,
    });
    const { data } = await client.subscribe(ENDPOINT, { input: { prompt: "corgi" } });
    expect(data).toMatchObject({ video: { url: "https://cdn.example/corgi" } });
  });

  test("has a UUID, its addresses without the sub-path, and is listed with its input", async () => {
    const { fal, client } = setUp();
    const answer = await client.queue.submit(ENDPOINT, {
      input: { prompt: "a corgi" },
      webhookUrl: "https://app.example/hook",
    });
    expect(answer).toEqual({
      status: "IN_QUEUE",
      queue_position: 0,
      request_id: "00000000-0000-4000-8000-000000000001",
      status_url: `${QUEUE}/fal-ai/veo3.1/requests/${answer.request_id}/status`,
      response_url: `${QUEUE}/fal-ai/veo3.1/requests/${answer.request_id}`,
      cancel_url: `${QUEUE}/fal-ai/veo3.1/requests/${answer.request_id}/cancel`,
    });
    expect(fal.jobs).toEqual([
      {
        id: answer.request_id,
        endpoint: ENDPOINT,
        app: "fal-ai/veo3.1",
        input: { prompt: "a corgi" },
        submittedAt: 0,
        webhookUrl: "https://app.example/hook",
        state: "IN_QUEUE",
        isCancelled: false,
      },
    ]);
  });
});

describe("what fal refuses", () => {
  test.each([
    ["a call without a key", {}, 401],
    ["a key under another scheme", { authorization: "Bearer id:secret" }, 401],
  ])("%s", async (_, headers, status) => {
    const { fetch } = setUp();
    expect((await fetch(`${QUEUE}/fal-ai/veo3.1`, { method: "POST", headers, body: "{}" })).status).toBe(status);
  });

  test("a key that is not the one it knows", async () => {
    const { ask } = setUp({ key: "another" });
    expect((await ask("/fal-ai/veo3.1", { method: "POST", body: "{}" })).status).toBe(401);
  });

  test.each([
    ["an app that does not exist", "/fal-ai/none", 404],
    ["an endpoint below an app that exists", "/fal-ai/veo3.1/none", 404],
    ["an app that was withdrawn", "/fal-ai/sora-2/text-to-video", 410],
    ["an address that is no app", "/just-one-part", 404],
  ])("%s", async (_, path, status) => {
    const { ask, fal } = setUp({ endpoints: ["fal-ai/veo3.1", "fal-ai/sora-2"], retired: { "fal-ai/sora-2": 410 } });
    expect((await ask(path, { method: "POST", body: "{}" })).status).toBe(status);
    expect(fal.jobs).toEqual([]);
  });

  test("a body that is no object", async () => {
    const { ask } = setUp();
    for (const body of ["[]", "nonsense", "null"]) {
      expect((await ask("/fal-ai/veo3.1", { method: "POST", body })).status).toBe(422);
    }
  });

  test("a status asked for under the full endpoint, which is the address of an app", async () => {
    const { fal, ask, client } = setUp();
    const id = await submit(client, fal);
    expect((await ask(`/${ENDPOINT}/requests/${id}/status`)).status).toBe(405);
  });

  test("a job asked for under another app, and one that never was", async () => {
    const { fal, ask, client } = setUp();
    const id = await submit(client, fal);
    expect((await ask(`/fal-ai/sora-2/requests/${id}/status`)).status).toBe(404);
    expect((await ask("/fal-ai/veo3.1/requests/never-was")).status).toBe(404);
  });

  test("a result before the job is completed", async () => {
    const { fal, ask, client } = setUp();
    const id = await submit(client, fal);
    expect((await ask(`/fal-ai/veo3.1/requests/${id}`)).status).toBe(400);
  });
});

describe("cancel", () => {
  test.each([
    [50, 200, "OK"],
    [500, 202, "CANCELLATION_REQUESTED"],
    [1000, 400, "ALREADY_COMPLETED"],
  ])("after %i ms answers %i %s", async (at, httpStatus, word) => {
    const { fal, ask, client } = setUp();
    const id = await submit(client, fal);
    now = at;
    const response = await ask(`/fal-ai/veo3.1/requests/${id}/cancel`, { method: "PUT" });
    expect([response.status, await response.json()]).toEqual([httpStatus, { status: word }]);
  });

  test("of an unknown job answers 404 NOT_FOUND", async () => {
    const response = await setUp().ask("/fal-ai/veo3.1/requests/never-was/cancel", { method: "PUT" });
    expect([response.status, await response.json()]).toMatchObject([404, { status: "NOT_FOUND" }]);
  });

  test("ends the job as COMPLETED with an error, unless its scenario ignores it", async () => {
    const { fal, ask, client } = setUp();
    const ids = [await submit(client, fal), await submit(client, fal, "ignores-cancel")];
    for (const id of ids) await ask(`/fal-ai/veo3.1/requests/${id}/cancel`, { method: "PUT" });
    const [cancelled, running] = await Promise.all(
      ids.map(async (id) => await (await ask(`/fal-ai/veo3.1/requests/${id}/status`)).json()),
    );
    expect(cancelled).toMatchObject({ status: "COMPLETED", error_type: "client_cancelled" });
    expect(running).toMatchObject({ status: "IN_QUEUE" });
  });
});

describe("scenarios", () => {
  test.each([
    ["content-policy-violation", 422, { error_type: "content_policy_violation" }],
    ["string-detail", 422, {}],
    ["runner-error", 500, { error_type: "runner_server_error" }],
    ["missing-video", 200, {}],
  ] as const)("%s completes, and its result answers %i", async (scenario, httpStatus, said) => {
    const { fal, ask, client } = setUp();
    const id = await submit(client, fal, scenario);
    now = 1000;
    const status = await (await ask(`/fal-ai/veo3.1/requests/${id}/status`)).json();
    expect(status).toMatchObject({ status: "COMPLETED", ...said });
    expect("error_type" in status).toBe("error_type" in said);
    expect((await ask(`/fal-ai/veo3.1/requests/${id}`)).status).toBe(httpStatus);
  });

  test("a fault is played once, and then the proper answer comes", async () => {
    const { fal, ask, client } = setUp();
    const id = await submit(client, fal, "status-502-once");
    const first = await ask(`/fal-ai/veo3.1/requests/${id}/status`);
    expect([first.status, first.headers.get("content-type")]).toEqual([502, "text/html"]);
    expect((await ask(`/fal-ai/veo3.1/requests/${id}/status`)).status).toBe(202);
  });

  test("a submit that is lost may have left a job behind, or not", async () => {
    const { fal, ask } = setUp();
    for (const scenario of ["submit-reset-accepted", "submit-not-connected"] as const) {
      fal.playNext(scenario);
      await expect(ask("/fal-ai/veo3.1", { method: "POST", body: "{}" })).rejects.toThrow("fetch failed");
    }
    expect(fal.jobs).toHaveLength(1);
  });

  test("the script decides where `playNext` did not", async () => {
    const { fal, client } = setUp({
      script: ({ endpoint }) => (endpoint === ENDPOINT ? FAL_SCENARIOS["never-ends"] : undefined),
    });
    await client.queue.submit(ENDPOINT, { input: { prompt: "" } });
    now = 1e12;
    expect(fal.jobs[0]?.state).toBe("IN_PROGRESS");
  });
});

test("a file uploaded by the real client is stored and can be fetched without a key", async () => {
  const { fal, fetch, client } = setUp();
  const url = await client.storage.upload(new Blob(["pixels"], { type: "image/png" }));
  expect(fal.uploads).toEqual([{ fileUrl: url, contentType: "image/png", bytes: new TextEncoder().encode("pixels") }]);
  const response = await fetch(url);
  expect([await response.text(), response.headers.get("content-type")]).toEqual(["pixels", "image/png"]);
});
