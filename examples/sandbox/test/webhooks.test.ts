// Webhooks from end to end: jobs are submitted through the app's routes, the sandbox signs and sends, the webhook route checks and asks back.
import {
  createVideoRoutes,
  falProvider,
  kieProvider,
  wavespeedProvider,
  type EndedJob,
  type VideoRoutes,
} from "@video-engine/video-sdk/server";
import { afterEach, describe, expect, test, vi } from "vitest";
import { startSandbox, type Sandbox } from "../src/index.ts";

interface App {
  readonly sandbox: Sandbox;
  readonly ended: readonly EndedJob[];
  /** Submits a job whose prompt names a scenario. Returns the provider's own id of it. */
  readonly submit: (model: Model, scenario?: string) => Promise<string>;
  /** What the webhook route answered about a job, in turn. */
  readonly answersFor: (jobId: string) => readonly (number | undefined)[];
}

type Model = keyof typeof JOBS;
const JOBS = {
  "vid-veo-3.1-fast": { duration: 8, resolution: "720p" },
  "kie-wan-2.5": { duration: 5, resolution: "720p" },
  "vid-hailuo-2.3": { duration: 6 },
} as const;
const MODELS = [
  ["fal", "vid-veo-3.1-fast"],
  ["kie", "kie-wan-2.5"],
  ["wavespeed", "vid-hailuo-2.3"],
] as const;

const open: Sandbox[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(async (sandbox) => await sandbox.close()));
});

/** An app whose webhook route the sandbox calls. `refuseFirst`: how many calls the route answers with 503 before it works. */
async function startApp({ jobMs = 100, refuseFirst = 0 }: { jobMs?: number; refuseFirst?: number } = {}): Promise<App> {
  let refusals = refuseFirst;
  const ended: EndedJob[] = [];
  const sendWebhook = async (request: Request): Promise<Response> =>
    refusals-- > 0 ? new Response(null, { status: 503 }) : await routes.webhook(request);
  const sandbox = await startSandbox({ jobMs, webhookRetryMs: 20, sendWebhook });
  open.push(sandbox);
  const access = { fetch: sandbox.fetch, isAllowedVideoUrl: sandbox.isSandboxUrl };
  const { webhookSecrets } = sandbox;
  const toInput = ({ prompt = "" }: { prompt?: string | undefined }) => ({ prompt });
  const submitted: string[] = [];
  const routes: VideoRoutes = createVideoRoutes({
    authenticate: () => ({ userId: "u1" }),
    providers: [
      falProvider({ credentials: "any:key", ...access }),
      kieProvider({ apiKey: "any", webhookHmacKey: webhookSecrets.kie, ...access }),
      wavespeedProvider({ apiKey: "any", webhookSecret: webhookSecrets.wavespeed, ...access }),
    ],
    routing: { "vid-hailuo-2.3": [{ provider: "wavespeed", endpoint: "minimax/hailuo", toInput }] },
    signingSecret: "a secret of 32 characters or more",
    webhooks: { url: "https://app.example/webhook", onJobEnded: (job) => void ended.push(job) },
    onEvent: (event) => {
      if (event.type === "job-accepted") submitted.push(event.requestId ?? "");
    },
  });
  return {
    sandbox,
    ended,
    answersFor: (id) => sandbox.webhookAttempts.filter(({ jobId }) => jobId === id).map(({ status }) => status),
    submit: async (model, scenario = "completes") => {
      const job = { model, prompt: `a corgi [scenario:${scenario}]`, aspectRatio: "16:9", ...JOBS[model] };
      const request = new Request("https://app.example/", { method: "POST", body: JSON.stringify(job) });
      const response = await routes.generateVideo(request);
      expect(await response.json()).toMatchObject({ queued: true });
      return submitted.at(-1) ?? "";
    },
  };
}

const until = async (condition: () => void): Promise<void> => await vi.waitFor(condition);

describe.each(MODELS)("a job at %s", (provider, model) => {
  test("is ended once by its webhook", async () => {
    const { submit, ended, answersFor } = await startApp();
    const requestId = await submit(model);
    await until(() => expect(answersFor(requestId)).toEqual([200]));
    expect(ended).toMatchObject([{ provider, modelId: model, requestId, answer: { kind: "finished" } }]);
  });

  test("is ended as failed by the webhook of one that failed", async () => {
    const { submit, ended } = await startApp();
    const scenario = { fal: "content-policy-violation", kie: "fails", wavespeed: "flagged" }[provider];
    const requestId = await submit(model, scenario);
    await until(() => expect(ended).toMatchObject([{ requestId, answer: { kind: "failed" } }]));
  });

  test("is ended once though its webhook comes twice at the same moment", async () => {
    const { submit, ended, answersFor } = await startApp();
    const requestId = await submit(model, "webhook-twice");
    await until(() => expect(answersFor(requestId)).toHaveLength(2));
    expect(answersFor(requestId)).toContain(200);
    expect(ended).toHaveLength(1);
  });

  test("is not ended by a stranger's webhook", async () => {
    const { submit, ended, answersFor } = await startApp();
    const requestId = await submit(model, "webhook-forged");
    await until(() => expect(answersFor(requestId).length).toBeGreaterThan(1));
    expect(new Set(answersFor(requestId))).toEqual(new Set([401]));
    expect(ended).toEqual([]);
  });

  test("is ended by a later attempt where the route was down, and where the webhook came before the end", async () => {
    const down = await startApp({ refuseFirst: 2 });
    const first = await down.submit(model);
    await until(() => expect(down.answersFor(first)).toEqual([503, 503, 200]));
    expect(down.ended).toHaveLength(1);

    const early = await startApp({ jobMs: 600 });
    const second = await early.submit(model, "webhook-early");
    await until(() => expect(early.answersFor(second).at(-1)).toBe(200));
    expect(
      early
        .answersFor(second)
        .slice(0, -1)
        .every((status) => status === 503),
    ).toBe(true);
    expect(early.ended).toHaveLength(1);
  });

  test("may be told of after a job that ended later", async () => {
    const { submit, ended } = await startApp();
    const late = await submit(model, "webhook-late");
    const next = await submit(model);
    await until(() => expect(ended.map(({ requestId }) => requestId)).toEqual([next, late]));
  });
});

test("an address that is none ends no more than its own attempts", async () => {
  const sandbox = await startSandbox({ jobMs: 0, webhookRetryMs: 1 });
  open.push(sandbox);
  const url = "https://queue.fal.run/fal-ai/veo3.1?fal_webhook=nowhere";
  const headers = { authorization: "Key any" };
  const submit = async () => await sandbox.fetch(url, { method: "POST", headers, body: '{"prompt":"a corgi"}' });
  expect((await submit()).status).toBe(200);
  await until(() => {
    expect(sandbox.webhookAttempts.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => undefined));
  });
  expect((await submit()).status).toBe(200);
});

test("a webhook that is lost is never sent", async () => {
  const { submit, ended, sandbox } = await startApp();
  await submit("vid-veo-3.1-fast", "webhook-lost");
  const next = await submit("vid-veo-3.1-fast");
  await until(() => expect(ended.map(({ requestId }) => requestId)).toEqual([next]));
  expect(sandbox.webhookAttempts.map(({ jobId }) => jobId)).toEqual([next]);
});
