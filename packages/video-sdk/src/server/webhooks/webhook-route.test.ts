// Webhooks with real keys and signatures, against simulated providers: what is accepted, what is refused, what the app learns.
import { describe, expect, test, vi } from "vitest";
import { createRoutesWorld, GOOD, MODEL } from "../__fixtures__/routes-world.ts";
import { falProvider, type FalProviderOptions } from "../providers/fal-provider.ts";
import { kieProvider } from "../providers/kie-provider.ts";
import type { VideoProvider } from "../providers/provider.ts";
import { wavespeedProvider } from "../providers/wavespeed-provider.ts";
import { createProviderFetch } from "../../testing/providers/create-provider-fetch.ts";
import { createFakeFal } from "../../testing/providers/fake-fal.ts";
import { createFakeKie } from "../../testing/providers/fake-kie.ts";
import { createFakeWavespeed } from "../../testing/providers/fake-wavespeed.ts";
import { createTestClock } from "../../testing/test-clock.ts";
import {
  createFalKey,
  signForFal,
  signForKie,
  signForWavespeed,
  type SignedWebhook,
} from "./__fixtures__/sign-webhook.ts";
import type { EndedJob, VideoWebhooks } from "./video-webhooks.ts";

const KEYS_URL = "https://rest.fal.ai/.well-known/jwks.json";
const URL_OF_ROUTE = "https://app.example/api/webhook";
const KIE_KEY = "kie webhook key";
const WAVESPEED_SECRET = "whsec_dGhlIHNlY3JldA==";
const KIE_MODEL = "kie-wan-2.5";
const LUCY = "vid-lucy-pro";

const falKey = createFalKey();

interface WorldOptions {
  readonly webhooks?: Partial<VideoWebhooks>;
  readonly fal?: Partial<FalProviderOptions>;
  /** The answer to a question for fal's keys. */
  readonly keys?: () => Promise<Response> | Response;
}

function setUp({ webhooks, fal: falOptions, keys = () => Response.json({ keys: [falKey.jwk] }) }: WorldOptions = {}) {
  const clock = createTestClock();
  const pace = { now: clock.now, queueMs: 100, jobMs: 900 };
  const [fal, kie, wavespeed] = [createFakeFal(pace), createFakeKie(pace), createFakeWavespeed(pace)];
  const simulated = createProviderFetch([fal, kie, wavespeed]);
  const askedForKeys = vi.fn<() => Promise<Response>>(async () => await keys());
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) =>
    input === KEYS_URL ? await askedForKeys() : await simulated(input, init);
  const ended: EndedJob[] = [];
  const providers: VideoProvider[] = [
    falProvider({ credentials: "id:secret", fetch, ...falOptions }),
    kieProvider({ apiKey: "secret", fetch, webhookHmacKey: KIE_KEY }),
    wavespeedProvider({ apiKey: "secret", fetch, webhookSecret: () => WAVESPEED_SECRET }),
  ];
  const toInput = () => ({ prompt: "a corgi" });
  const world = createRoutesWorld({
    clock,
    providers,
    routing: { [LUCY]: [{ provider: "wavespeed", endpoint: "decart/lucy", toInput }] },
    webhooks: { url: URL_OF_ROUTE, onJobEnded: (job) => void ended.push(job), ...webhooks },
  });
  const send = async (query: Record<string, string>, { headers, body }: { headers: HeadersInit; body: BodyInit }) => {
    const url = `${URL_OF_ROUTE}?${new URLSearchParams(query).toString()}`;
    const response = await world.routes.webhook(new Request(url, { method: "POST", headers, body }));
    return { status: response.status, body: await response.json() };
  };
  return { ...world, clock, fal, kie, wavespeed, ended, askedForKeys, send };
}

const FAL = { provider: "fal", modelId: MODEL };
const RECEIVED = { status: 200, body: { received: true } };
const REFUSED = { status: 401, body: { error: { code: "not-signed-in", retryable: false } } };

/** A job at fal that has ended, and its webhook. */
async function withFalJob(options: WorldOptions = {}) {
  const world = setUp(options);
  await world.generate(GOOD);
  const requestId = world.fal.jobs[0]?.id ?? "";
  await world.clock.advance(1000);
  const body = JSON.stringify({ request_id: requestId, gateway_request_id: requestId, status: "OK", payload: {} });
  const sign = (change: Partial<Parameters<typeof signForFal>[1]> = {}) =>
    signForFal(falKey, { requestId, atMs: world.clock.now(), body, ...change });
  return { ...world, requestId, body, sign };
}

/** A webhook of fal's about a job. */
function jobOf(requestId = "", atMs: number): SignedWebhook {
  return signForFal(falKey, { requestId, atMs, body: JSON.stringify({ request_id: requestId }) });
}

function statusCallsOf({ calls }: { readonly calls: readonly string[] }): number {
  return calls.filter((call) => call.includes("/status")).length;
}

describe("a webhook of a job that requests wait for", () => {
  test("answers them, before the app's own work and without another question", async () => {
    let answer: Promise<unknown> | undefined;
    const onJobEnded = async (): Promise<void> => void (await answer);
    const { generate, status, clock, fal, send } = setUp({ webhooks: { onJobEnded } });
    const { requestId: handle } = (await generate(GOOD)).body;
    const requestId = fal.jobs[0]?.id ?? "";
    await clock.advance(500);
    answer = status({ requestId: String(handle), wait: "25" });
    await vi.waitFor(() => expect(statusCallsOf(fal)).toBe(1));
    await clock.advance(500);
    expect(await send(FAL, jobOf(requestId, clock.now()))).toEqual(RECEIVED);
    expect(await answer).toMatchObject({ status: 200, body: { success: true } });
    expect([statusCallsOf(fal), clock.pending]).toEqual([2, 0]);
  });
});

describe("a webhook of fal's", () => {
  test("is asked for with the submit, and leads to one question to fal and one call of the app", async () => {
    const { fal, send, sign, ended, requestId } = await withFalJob();
    expect(fal.jobs[0]?.webhookUrl).toBe(`${URL_OF_ROUTE}?provider=fal&modelId=${MODEL}`);
    expect(await send(FAL, sign())).toEqual(RECEIVED);
    const videos = [`https://v3.fal.media/files/${requestId}.mp4`];
    expect(ended).toEqual([{ ...FAL, requestId, answer: { kind: "finished", videos } }]);
  });

  test("is not believed: the app does not learn what it says of the job", async () => {
    const { send, sign, ended, requestId } = await withFalJob();
    const video = { url: "https://evil.example/a.mp4" };
    const lies = JSON.stringify({ request_id: requestId, status: "ERROR", payload: { video } });
    expect(await send(FAL, sign({ body: lies }))).toEqual(RECEIVED);
    expect(ended).toMatchObject([{ answer: { kind: "finished" } }]);
    expect(JSON.stringify(ended)).not.toContain("evil");
  });

  test("of a job whose address may not be passed on tells the owner's log why, by the job's id and without the address", async () => {
    const { generate, fal, clock, events, send } = setUp();
    fal.playNext({ output: { video: { url: "https://10.0.0.1/secret.mp4" } } });
    await generate(GOOD);
    await clock.advance(1000);
    const requestId = fal.jobs[0]?.id ?? "";
    const body = JSON.stringify({ request_id: requestId, status: "OK" });
    await send(FAL, signForFal(falKey, { requestId, atMs: clock.now(), body }));
    const told = events.filter(({ type }) => type === "url-refused");
    expect(told).toMatchObject([{ ...FAL, requestId, userId: undefined, host: "10.0.0.1" }]);
    expect(JSON.stringify(told)).not.toContain("secret");
  });

  test("of a failed job tells the app the verdict", async () => {
    const { generate, fal, clock, ended, send } = setUp();
    fal.playNext("content-policy-violation");
    await generate(GOOD);
    await clock.advance(1000);
    const requestId = fal.jobs[0]?.id ?? "";
    const body = JSON.stringify({ request_id: requestId, status: "ERROR" });
    await send(FAL, signForFal(falKey, { requestId, atMs: clock.now(), body }));
    expect(ended).toMatchObject([{ answer: { kind: "failed", error: { code: "content-rejected" } } }]);
  });

  const changes: [string, (webhook: SignedWebhook, body: string) => { headers: HeadersInit; body: string }][] = [
    ["no headers", ({ body }) => ({ headers: {}, body })],
    ...["request-id", "user-id", "timestamp", "signature"].map((name): (typeof changes)[number] => [
      `no ${name}`,
      ({ headers, body }) => {
        const { [`x-fal-webhook-${name}`]: _, ...rest } = headers;
        return { headers: rest, body };
      },
    ]),
    ["an empty signature", ({ headers, body }) => ({ headers: { ...headers, "x-fal-webhook-signature": "" }, body })],
    [
      "a signature that is no hex",
      ({ headers, body }) => ({ headers: { ...headers, "x-fal-webhook-signature": "zz" }, body }),
    ],
    [
      "a signature cut short",
      ({ headers, body }) => ({
        headers: { ...headers, "x-fal-webhook-signature": headers["x-fal-webhook-signature"]?.slice(2) ?? "" },
        body,
      }),
    ],
    [
      "another request id",
      ({ headers, body }) => ({ headers: { ...headers, "x-fal-webhook-request-id": "another-request" }, body }),
    ],
    ["another user", ({ headers, body }) => ({ headers: { ...headers, "x-fal-webhook-user-id": "another" }, body })],
    ["another time", ({ headers, body }) => ({ headers: { ...headers, "x-fal-webhook-timestamp": "2" }, body })],
    ["a time in words", ({ headers, body }) => ({ headers: { ...headers, "x-fal-webhook-timestamp": "now" }, body })],
    ["a body serialised anew", ({ headers, body }) => ({ headers, body: JSON.stringify(JSON.parse(body), null, 1) })],
    ["a body with one byte more", ({ headers, body }) => ({ headers, body: `${body} ` })],
    ["no body", ({ headers }) => ({ headers, body: "" })],
  ];
  test.each(changes)("with %s is refused, and neither fal nor the app is called", async (_, change) => {
    const { send, sign, body, fal, ended } = await withFalJob();
    const calls = fal.calls.length;
    expect(await send(FAL, change(sign(), body))).toMatchObject(REFUSED);
    expect([fal.calls.length, ended]).toEqual([calls, []]);
  });

  test("signed by another key is refused", async () => {
    const { send, clock, requestId, body, ended } = await withFalJob();
    const forged = signForFal(createFalKey(), { requestId, atMs: clock.now(), body });
    expect(await send(FAL, forged)).toMatchObject(REFUSED);
    expect(ended).toEqual([]);
  });

  test("about another job than its signed header is refused, but the header may name the gateway's try", async () => {
    const { send, sign, requestId, ended } = await withFalJob();
    const other = JSON.stringify({ request_id: "another-request", status: "OK" });
    expect(await send(FAL, sign({ body: other }))).toMatchObject(REFUSED);
    const byTry = JSON.stringify({ request_id: requestId, gateway_request_id: "second-try" });
    expect(await send(FAL, sign({ requestId: "second-try", body: byTry }))).toEqual(RECEIVED);
    expect(ended).toMatchObject([{ requestId }]);
  });

  test.each([
    [-301, 401],
    [-300, 200],
    [300, 200],
    [301, 401],
  ])("whose time is %i s from ours is answered with %i", async (seconds, status) => {
    const { send, sign, clock } = await withFalJob();
    // Times are whole seconds.
    await clock.advance(400_000 + 1000 - (clock.now() % 1000));
    expect(await send(FAL, sign({ atMs: clock.now() + seconds * 1000 }))).toMatchObject({ status });
  });

  test("of another fal account is refused where the app names its own", async () => {
    const { send, sign, ended } = await withFalJob({ fal: { webhookUserId: "we" } });
    expect(await send(FAL, sign({ userId: "they" }))).toMatchObject(REFUSED);
    expect(await send(FAL, sign({ userId: "we" }))).toEqual(RECEIVED);
    expect(ended).toHaveLength(1);
  });

  test("sent twice does its work once, and looks the same to its sender", async () => {
    const { send, sign, ended, events, requestId } = await withFalJob();
    const webhook = sign();
    expect(await Promise.all([send(FAL, webhook), send(FAL, webhook)])).toEqual([RECEIVED, RECEIVED]);
    expect(await send(FAL, webhook)).toEqual(RECEIVED);
    expect(ended).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ type: "webhook-ignored", provider: "fal", requestId, reason: "repeated" });
  });

  test("counts when it is sent again after the app failed", async () => {
    const onJobEnded = vi.fn<VideoWebhooks["onJobEnded"]>().mockRejectedValueOnce(new Error("database is down"));
    const { send, sign } = await withFalJob({ webhooks: { onJobEnded } });
    const webhook = sign();
    const failed = await send(FAL, webhook);
    expect(failed).toMatchObject({ status: 500, body: { error: { code: "internal" } } });
    expect(JSON.stringify(failed)).not.toContain("database");
    expect(await send(FAL, webhook)).toEqual(RECEIVED);
    expect(onJobEnded).toHaveBeenCalledTimes(2);
  });
});

describe("a webhook of fal's for a stranger's job", () => {
  test("of a job that fal does not know here is ignored, and looks the same to its sender", async () => {
    const { send, clock, ended, events } = setUp();
    const requestId = "somebody-elses-job";
    const body = JSON.stringify({ request_id: requestId });
    expect(await send(FAL, signForFal(falKey, { requestId, atMs: clock.now(), body }))).toEqual(RECEIVED);
    expect(ended).toEqual([]);
    expect(events).toMatchObject([{ type: "webhook-ignored", provider: "fal", requestId, reason: "unknown-job" }]);
  });

  test("of a job that the app does not know is ignored before fal is asked", async () => {
    const isOurJob = vi.fn<() => boolean>(() => false);
    const { send, sign, fal, ended, requestId } = await withFalJob({ webhooks: { isOurJob } });
    const calls = fal.calls.length;
    expect(await send(FAL, sign())).toEqual(RECEIVED);
    expect(isOurJob).toHaveBeenCalledWith({ ...FAL, requestId });
    expect([fal.calls.length, ended]).toEqual([calls, []]);
  });
});

describe("a webhook of fal's, while fal is down,", () => {
  test("is not taken while fal cannot be asked, or does not know yet, and counts afterwards", async () => {
    const { generate, fal, clock, send, ended } = setUp();
    const down = { kind: "answer", status: 502, body: "<html>" } as const;
    fal.playNext({ status: [down, down, down] });
    await generate(GOOD);
    const early = jobOf(fal.jobs[0]?.id, clock.now());
    const sent = send(FAL, early);
    await vi.waitFor(() => expect(statusCallsOf(fal)).toBe(1));
    await clock.advance(3000);
    expect(await sent).toMatchObject({ status: 503 });
    expect([statusCallsOf(fal), clock.pending, ended.length]).toEqual([3, 0, 0]);
    await generate(GOOD);
    const unfinished = jobOf(fal.jobs[1]?.id, clock.now());
    expect(await send(FAL, unfinished)).toMatchObject({ status: 503 });
    await clock.advance(1000);
    for (const webhook of [early, unfinished]) expect(await send(FAL, webhook)).toEqual(RECEIVED);
    expect(ended).toHaveLength(2);
  });

  test("is taken where fal does not answer at first", async () => {
    const { generate, fal, clock, send, ended } = setUp();
    fal.playNext("status-502-once");
    await generate(GOOD);
    const sent = send(FAL, jobOf(fal.jobs[0]?.id, clock.now()));
    await vi.waitFor(() => expect(statusCallsOf(fal)).toBe(1));
    await clock.advance(1000);
    expect(await sent).toEqual(RECEIVED);
    expect(ended).toHaveLength(1);
  });
});

describe("fal's keys", () => {
  test("are fetched once, for all webhooks of a day", async () => {
    const { send, sign, clock, askedForKeys } = await withFalJob();
    await send(FAL, sign());
    await clock.advance(23 * 3_600_000);
    await send(FAL, sign({ atMs: clock.now() }));
    expect(askedForKeys).toHaveBeenCalledTimes(1);
    await clock.advance(3_600_000);
    await send(FAL, sign({ atMs: clock.now() }));
    expect(askedForKeys).toHaveBeenCalledTimes(2);
  });

  test("are all tried, and one of another kind or a broken one is passed over", async () => {
    const odd = [{ kty: "RSA", n: "x", e: "AQAB" }, { kty: "OKP", crv: "Ed25519", x: "short" }, null];
    const keys = () => Response.json({ keys: [...odd, createFalKey().jwk, falKey.jwk] });
    const { send, sign } = await withFalJob({ keys });
    expect(await send(FAL, sign())).toEqual(RECEIVED);
  });

  test("are fetched anew when fal has changed them, but not at every bad signature", async () => {
    let current = createFalKey();
    const keys = () => Response.json({ keys: [current.jwk] });
    const { send, sign, clock, askedForKeys } = await withFalJob({ keys });
    expect(await send(FAL, sign())).toMatchObject(REFUSED);
    expect(await send(FAL, sign())).toMatchObject(REFUSED);
    expect(askedForKeys).toHaveBeenCalledTimes(1);
    current = falKey;
    await clock.advance(60_000);
    expect(await send(FAL, sign({ atMs: clock.now() }))).toEqual(RECEIVED);
    expect(askedForKeys).toHaveBeenCalledTimes(2);
  });

  test.each([
    ["that cannot be reached", () => Promise.reject(new TypeError("fetch failed"))],
    ["behind an error page", () => new Response("<html>", { status: 502 })],
    ["that are none", () => Response.json({ keys: [] })],
    ["that are no list", () => Response.json([1])],
    ["that never come", () => new Promise<Response>(() => undefined)],
  ])("%s leave a webhook to be sent again", async (_, broken) => {
    let keys: () => Promise<Response> | Response = broken;
    const { send, sign, clock, ended, askedForKeys } = await withFalJob({ keys: () => keys() });
    const webhook = sign();
    const sent = send(FAL, webhook);
    await vi.waitFor(() => expect(askedForKeys).toHaveBeenCalled());
    await clock.advance(10_000);
    expect(await sent).toMatchObject({ status: 503, body: { error: { retryable: true } } });
    expect(ended).toEqual([]);
    keys = () => Response.json({ keys: [falKey.jwk] });
    expect(await send(FAL, webhook)).toEqual(RECEIVED);
  });
});

describe("a webhook of WaveSpeedAI's", () => {
  const WAVESPEED = { provider: "wavespeed", modelId: LUCY };
  const image = "https://cdn.example/a.png";

  async function withTask() {
    const world = setUp();
    await world.generate({ model: LUCY, prompt: "a corgi", attachmentImageUrl: image });
    await world.clock.advance(1000);
    const id = world.wavespeed.tasks[0]?.id ?? "";
    const body = JSON.stringify({ id, status: "completed", outputs: ["https://evil.example/a.mp4"] });
    const webhook = signForWavespeed(WAVESPEED_SECRET, { id: "message-1", atMs: world.clock.now(), body });
    return { ...world, id, body, webhook };
  }

  test("is asked for with the submit, and leads to a question", async () => {
    const { wavespeed, send, webhook, ended, id } = await withTask();
    expect(wavespeed.tasks[0]?.webhookUrl).toBe(`${URL_OF_ROUTE}?provider=wavespeed&modelId=${LUCY}`);
    expect(await send(WAVESPEED, webhook)).toEqual(RECEIVED);
    const videos = [`https://videos.wavespeed.example/${id}.mp4`];
    expect(ended).toEqual([{ ...WAVESPEED, requestId: id, answer: { kind: "finished", videos } }]);
    expect(await send(WAVESPEED, webhook)).toEqual(RECEIVED);
    expect(ended).toHaveLength(1);
  });

  test.each([
    ["another message id", { "webhook-id": "message-2" }],
    ["another time", { "webhook-timestamp": "3" }],
    ["another version", { "webhook-signature": `v1,${"0".repeat(64)}` }],
    ["a wrong signature", { "webhook-signature": `v3,${"0".repeat(64)}` }],
    ["half a signature", { "webhook-signature": "v3,00" }],
    ["no signature", { "webhook-signature": "" }],
  ])("with %s is refused", async (_, change) => {
    const { send, webhook, ended } = await withTask();
    const { headers, body } = webhook;
    expect(await send(WAVESPEED, { headers: { ...headers, ...change }, body })).toMatchObject(REFUSED);
    expect(ended).toEqual([]);
  });

  test("with another body, an old time, another secret or no task is refused", async () => {
    const { send, webhook, body, clock, ended } = await withTask();
    expect(await send(WAVESPEED, { ...webhook, body: `${body}\n` })).toMatchObject(REFUSED);
    const old = signForWavespeed(WAVESPEED_SECRET, { id: "m", atMs: clock.now() + 302_000, body });
    expect(await send(WAVESPEED, old)).toMatchObject(REFUSED);
    const forged = signForWavespeed("whsec_another", { id: "m", atMs: clock.now(), body });
    expect(await send(WAVESPEED, forged)).toMatchObject(REFUSED);
    const empty = signForWavespeed(WAVESPEED_SECRET, { id: "m", atMs: clock.now(), body: "{}" });
    expect(await send(WAVESPEED, empty)).toMatchObject(REFUSED);
    expect(ended).toEqual([]);
  });
});

describe("a callback of kie's", () => {
  const KIE = { provider: "kie", modelId: KIE_MODEL };

  async function withTask() {
    const world = setUp();
    await world.generate({ model: KIE_MODEL, prompt: "a corgi", duration: 5, resolution: "720p", aspectRatio: "16:9" });
    await world.clock.advance(1000);
    const taskId = world.kie.tasks[0]?.id ?? "";
    const sign = (body: unknown, id = taskId) =>
      signForKie(KIE_KEY, { taskId: id, atMs: world.clock.now(), body: JSON.stringify(body) });
    return { ...world, taskId, sign };
  }

  test.each(["taskId", "task_id"])("that names its %s leads to a question", async (name) => {
    const { kie, send, sign, ended, taskId } = await withTask();
    expect(kie.tasks[0]?.callBackUrl).toBe(`${URL_OF_ROUTE}?provider=kie&modelId=${KIE_MODEL}`);
    expect(await send(KIE, sign({ code: 200, data: { [name]: taskId, state: "fail" } }))).toEqual(RECEIVED);
    expect(ended).toMatchObject([{ ...KIE, requestId: taskId, answer: { kind: "finished" } }]);
  });

  test("is refused without a signature, with one for another task, and with an old one", async () => {
    const { send, sign, ended, taskId, clock } = await withTask();
    const body = { data: { taskId } };
    expect(await send(KIE, { headers: {}, body: JSON.stringify(body) })).toMatchObject(REFUSED);
    expect(await send(KIE, sign(body, "another-task"))).toMatchObject(REFUSED);
    const webhook = sign(body);
    const cut = { ...webhook.headers, "x-webhook-signature": "AAAA" };
    expect(await send(KIE, { headers: cut, body: webhook.body })).toMatchObject(REFUSED);
    await clock.advance(302_000);
    expect(await send(KIE, webhook)).toMatchObject(REFUSED);
    expect(await send(KIE, sign({ data: {} }))).toMatchObject(REFUSED);
    expect(ended).toEqual([]);
  });
});

describe("the route", () => {
  test.each([
    [{}],
    [{ provider: "fal" }],
    [{ provider: "fal", modelId: "constructor" }],
    [{ provider: "evil", modelId: MODEL }],
    [{ provider: "kie", modelId: MODEL }],
    [{ provider: "fal", modelId: LUCY }],
  ])("knows no webhook for %j, and reads nothing", async (query) => {
    const { send, sign, askedForKeys } = await withFalJob();
    expect(await send(query, sign())).toMatchObject({ status: 404, body: { error: { code: "not-found" } } });
    expect(askedForKeys).not.toHaveBeenCalled();
  });

  test("knows none of a provider whose signatures cannot be checked, and asks it for none", async () => {
    const world = createRoutesWorld({ webhooks: { url: URL_OF_ROUTE, onJobEnded: () => undefined } });
    await world.generate({ model: KIE_MODEL, prompt: "a corgi", duration: 5, resolution: "720p", aspectRatio: "16:9" });
    expect(world.kie.tasks).toHaveLength(1);
    expect(world.kie.tasks[0]?.callBackUrl).toBeUndefined();
    const url = `${URL_OF_ROUTE}?provider=kie&modelId=${KIE_MODEL}`;
    expect((await world.routes.webhook(new Request(url, { method: "POST", body: "{}" }))).status).toBe(404);
  });

  test("takes POST only, and says so", async () => {
    const response = await setUp().routes.webhook(new Request(`${URL_OF_ROUTE}?provider=fal&modelId=${MODEL}`));
    expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
  });

  test("refuses 20 MB before a key is fetched", async () => {
    const { send, sign, askedForKeys } = await withFalJob();
    const body = "x".repeat(20_000_000);
    expect(await send(FAL, sign({ body }))).toMatchObject({ status: 413, body: { error: { code: "too-large" } } });
    expect(askedForKeys).not.toHaveBeenCalled();
  });

  test("needs no sign-in, and is not set up by default", async () => {
    const { routes, events } = createRoutesWorld();
    const response = await routes.webhook(
      new Request(`${URL_OF_ROUTE}?provider=fal&modelId=${MODEL}`, { method: "POST" }),
    );
    expect([response.status, events]).toMatchObject([
      500,
      [{ type: "request-failed", error: { code: "not-configured" } }],
    ]);
  });

  test.each(["http://app.example/", "/api/webhook", "app.example"])(
    "%s is no address for webhooks: no job is paid for, the log says why, and jobs under way are answered",
    async (url) => {
      const before = createRoutesWorld();
      const { requestId } = (await before.generate(GOOD)).body;
      const { routes, fal, events, generate } = createRoutesWorld({ webhooks: { url, onJobEnded: () => undefined } });
      expect(await generate(GOOD)).toMatchObject({ status: 500, body: { error: { code: "not-configured" } } });
      expect(fal.calls).toEqual([]);
      expect(events.at(-1)).toMatchObject({ error: { details: { setting: "webhooks.url" } } });
      const { isUsable, findings } = await routes.check();
      expect([isUsable, findings[0]?.setting]).toEqual([false, "VIDEO_WEBHOOK_URL"]);
      const providers = [falProvider({ credentials: "id:secret", fetch: before.fetch })];
      const after = createRoutesWorld({ providers, webhooks: { url, onJobEnded: () => undefined } });
      expect(await after.status({ requestId })).toMatchObject({ status: 200, body: { queued: true } });
    },
  );
});

describe("a webhook, by what is remembered of it,", () => {
  test("is handled again where the process that took it was killed, and by one process at a time", async () => {
    let kill = (): void => undefined;
    const onJobEnded = vi
      .fn<VideoWebhooks["onJobEnded"]>()
      // A process that is killed does nothing more, so this one says neither that it is done nor that it failed.
      .mockImplementationOnce(() => new Promise((resolve) => (kill = resolve)));
    const { send, sign, clock } = await withFalJob({ webhooks: { onJobEnded } });
    const webhook = sign();
    void send(FAL, webhook);
    await vi.waitFor(() => expect(onJobEnded).toHaveBeenCalledOnce());
    const meanwhile = await send(FAL, webhook);
    expect(meanwhile).toMatchObject({ status: 409, body: { error: { code: "already-running" } } });
    clock.jump(60_000);
    expect(await send(FAL, webhook)).toEqual(RECEIVED);
    expect(onJobEnded).toHaveBeenCalledTimes(2);
    expect(await send(FAL, webhook)).toEqual(RECEIVED);
    expect(onJobEnded).toHaveBeenCalledTimes(2);
    kill();
  });

  test("that was handled is answered as such, though the memory cannot keep it, and the log knows", async () => {
    const cause = new Error("redis is down");
    const memory = { begin: () => "new" as const, end: () => Promise.reject(cause), forget: () => undefined };
    const { send, sign, ended, events } = await withFalJob({ webhooks: { memory } });
    expect(await send(FAL, sign())).toEqual(RECEIVED);
    expect(ended).toHaveLength(1);
    expect(events).toContainEqual(expect.objectContaining({ type: "store-failed", store: "webhookMemory" }));
  });

  test("is refused, so that it is sent again, while the memory of webhooks fails", async () => {
    const cause = new Error("redis://user:password@host is down");
    const down = () => Promise.reject(cause);
    const { send, sign, ended, events } = await withFalJob({
      webhooks: { memory: { begin: down, end: down, forget: down } },
    });
    const answer = await send(FAL, sign());
    expect(answer.status).toBeGreaterThan(499);
    expect(JSON.stringify(answer)).not.toContain("password");
    expect(events).toContainEqual(expect.objectContaining({ type: "store-failed", store: "webhookMemory" }));
    expect(ended).toEqual([]);
  });
});
