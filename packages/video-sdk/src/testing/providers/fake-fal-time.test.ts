// What the simulated fal answers only when time has passed: streams of a status, calls to fal.run, webhooks.
import { createFalClient } from "@fal-ai/client";
import { describe, expect, test } from "vitest";
import { createTestClock } from "../test-clock.ts";
import { createProviderFetch } from "./create-provider-fetch.ts";
import { createFakeFal, type FakeFalOptions } from "./fake-fal.ts";

const ENDPOINT = "fal-ai/veo3.1/fast";
const input = { prompt: "a corgi" };

function setUp(options: Partial<FakeFalOptions> = {}) {
  const clock = createTestClock();
  const sleep = async (ms: number) => await new Promise<void>((resolve) => void clock.setTimeout(resolve, ms));
  const fal = createFakeFal({ now: clock.now, sleep, queueMs: 100, jobMs: 900, ...options });
  const fetch = createProviderFetch([fal]);
  const ask = async (url: string, init: RequestInit = {}) =>
    await fetch(url, { ...init, headers: { authorization: "Key id:secret" } });
  return { clock, fal, ask, client: createFalClient({ credentials: "id:secret", fetch, retry: { maxRetries: 0 } }) };
}

describe("a stream of a status", () => {
  test("has an event per change, each line of the log once, and ends with the job", async () => {
    const { clock, ask, client } = setUp();
    const { status_url: statusUrl } = await client.queue.submit(ENDPOINT, { input });
    const response = await ask(`${statusUrl}/stream?logs=1`);
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reading = response.text();
    await clock.advance(2000);
    const events = (await reading).trim().split("\n\n");
    const seen = events.map((event) => JSON.parse(event.replace("data: ", "")));
    expect(seen.map(({ status, logs }) => [status, logs.map(({ message }: { message: string }) => message)])).toEqual([
      ["IN_QUEUE", []],
      ["IN_PROGRESS", ["Started"]],
      ["IN_PROGRESS", ["50 %"]],
      ["COMPLETED", ["Finished"]],
    ]);
    expect(clock.pending).toBe(0);
  });

  test("ends with a cancel, and logs nothing after it", async () => {
    const { clock, ask, client } = setUp();
    const { status_url: statusUrl, request_id: requestId } = await client.queue.submit(ENDPOINT, { input });
    const reading = (await ask(`${statusUrl}/stream?logs=1`)).text();
    await clock.advance(200);
    await client.queue.cancel(ENDPOINT, { requestId });
    await clock.advance(2000);
    expect(await reading).toContain("client_cancelled");
    expect(await reading).not.toContain("Finished");
  });

  test("begins with the fault of a scenario, as a status does", async () => {
    const { ask, client, fal } = setUp();
    fal.playNext("status-502-once");
    const { status_url: statusUrl } = await client.queue.submit(ENDPOINT, { input });
    expect((await ask(`${statusUrl}/stream`)).status).toBe(502);
  });

  test("needs `sleep`, as fal.run does", async () => {
    const { ask, client } = setUp({ sleep: undefined });
    const { status_url: statusUrl } = await client.queue.submit(ENDPOINT, { input });
    expect((await ask(`${statusUrl}/stream`)).status).toBe(501);
    expect((await ask(`https://fal.run/${ENDPOINT}`, { method: "POST", body: "{}" })).status).toBe(501);
  });
});

describe("fal.run", () => {
  test("answers when the job has ended, with what its result says", async () => {
    const { clock, client } = setUp();
    const running = client.run(ENDPOINT, { input });
    await clock.advance(2000);
    const { requestId, data } = await running;
    expect(data).toMatchObject({ video: { url: `https://v3.fal.media/files/${requestId}.mp4` } });
  });

  test("takes POST only, and answers the fault of a submit at once", async () => {
    const { ask, fal } = setUp();
    expect((await ask(`https://fal.run/${ENDPOINT}`)).status).toBe(405);
    fal.playNext("submit-429");
    expect((await ask(`https://fal.run/${ENDPOINT}`, { method: "POST", body: "{}" })).status).toBe(429);
  });
});

describe("a token", () => {
  const tokenFor = async (ask: ReturnType<typeof setUp>["ask"], body: object): Promise<Response> =>
    await ask("https://rest.fal.ai/tokens/", { method: "POST", body: JSON.stringify(body) });

  test("is good for its apps until it expires", async () => {
    const { clock, ask, client, fal } = setUp();
    const { status_url: statusUrl } = await client.queue.submit(ENDPOINT, { input });
    const token: unknown = await (await tokenFor(ask, { allowed_apps: ["veo3.1"], token_expiration: 60 })).json();
    const statusFor = async (url: string) =>
      (await fal.handle(new Request(`${url}?fal_jwt_token=${String(token)}`))).status;
    expect(await statusFor(statusUrl)).toBe(202);
    expect(await statusFor(statusUrl.replace("veo3.1", "other"))).toBe(401);
    await clock.advance(60_000);
    expect(await statusFor(statusUrl)).toBe(401);
  });

  test("is not made without its apps", async () => {
    expect((await tokenFor(setUp().ask, {})).status).toBe(422);
  });
});

describe("webhooks", () => {
  const webhookUrl = "https://app.example/webhook";

  test("are due when their jobs have ended, each once", async () => {
    const { clock, client, fal } = setUp();
    const { request_id: jobId } = await client.queue.submit(ENDPOINT, { input, webhookUrl });
    await client.queue.submit(ENDPOINT, { input });
    expect(fal.takeWebhooks()).toEqual([]);
    await clock.advance(1000);
    const [webhook, ...others] = fal.takeWebhooks();
    expect([webhook?.jobId, webhook?.url, others]).toEqual([jobId, webhookUrl, []]);
    expect(JSON.parse(webhook?.body ?? "")).toMatchObject({ request_id: jobId, status: "OK", payload: { video: {} } });
    expect(fal.takeWebhooks()).toEqual([]);
  });

  test("say what became of a job that failed, and nothing of one that never ran", async () => {
    const { clock, client, fal } = setUp();
    fal.playNext("content-policy-violation");
    await client.queue.submit(ENDPOINT, { input, webhookUrl });
    const { request_id: requestId } = await client.queue.submit(ENDPOINT, { input, webhookUrl });
    await client.queue.cancel(ENDPOINT, { requestId });
    await clock.advance(1000);
    expect(fal.takeWebhooks().map(({ body }) => JSON.parse(body))).toMatchObject([
      {
        status: "ERROR",
        error: "Invalid status code: 422",
        payload: { detail: [{ type: "content_policy_violation" }] },
      },
    ]);
  });

  test("leave never, early or later, as the scenario says", async () => {
    const { clock, client, fal } = setUp();
    for (const scenario of ["webhook-lost", "webhook-early", "webhook-late"] as const) {
      fal.playNext(scenario);
      await client.queue.submit(ENDPOINT, { input, webhookUrl });
    }
    await clock.advance(100);
    expect(fal.takeWebhooks().map(({ fault }) => fault)).toEqual(["early"]);
    await clock.advance(900);
    expect(fal.takeWebhooks().map(({ fault }) => fault)).toEqual(["late"]);
  });
});

describe("a file in parts", () => {
  test("is refused when the list of its parts is another than what was put", async () => {
    const { ask } = setUp();
    const init = { method: "POST", body: JSON.stringify({ content_type: "video/mp4", file_name: "a.mp4" }) };
    const { upload_url: uploadUrl } = await (
      await ask("https://rest.fal.ai/storage/upload/initiate-multipart", init)
    ).json();
    const at = (part: string) => String(uploadUrl).replace("?", `/${part}?`);
    const { etag, partNumber } = await (await ask(at("1"), { method: "PUT", body: "one" })).json();
    const complete = async (parts: unknown) =>
      (await ask(at("complete"), { method: "POST", body: JSON.stringify({ parts }) })).status;
    expect(await complete([{ partNumber, etag: "another" }])).toBe(400);
    expect(await complete([])).toBe(400);
    expect(await complete([{ partNumber, etag }])).toBe(200);
  });
});
