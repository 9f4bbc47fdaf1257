import { createFalClient } from "@fal-ai/client";
import { createVideoRoutes, falProvider, kieProvider } from "@video-engine/video-sdk/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../src/index.ts";
import { scenarioProblem } from "../src/scenarios.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ jobMs: 0 });
});
afterAll(async () => {
  await sandbox.close();
});

const ENDPOINT = "fal-ai/veo3.1/fast";

describe("the real fal client over HTTP", () => {
  test("submits, polls, and gets the URL of a video that plays", async () => {
    const client = createFalClient({ credentials: "any:key", fetch: sandbox.fetch });
    const { data, requestId } = await client.subscribe(ENDPOINT, {
      input: { prompt: "a corgi", aspect_ratio: "9:16" },
    });
    expect(data).toMatchObject({ video: { url: `${sandbox.url}/files/${requestId}.mp4` } });
    const video = await fetch(`${sandbox.url}/files/${requestId}.mp4`);
    expect([video.status, video.headers.get("content-type")]).toEqual([200, "video/mp4"]);
    expect(new TextDecoder().decode((await video.bytes()).subarray(4, 8))).toBe("ftyp");
  });

  test("uploads a file and can read it back", async () => {
    const client = createFalClient({ credentials: "any:key", fetch: sandbox.fetch });
    const url = await client.storage.upload(new Blob(["pixels"], { type: "image/png" }));
    expect(await (await sandbox.fetch(url)).text()).toBe("pixels");
  });

  test("is refused without a key, as at fal", async () => {
    const response = await fetch(`${sandbox.url}/queue.fal.run/${ENDPOINT}`, { method: "POST", body: "{}" });
    expect(response.status).toBe(401);
  });
});

describe("the app's routes over HTTP", () => {
  const drive = () => {
    const access = { fetch: sandbox.fetch, isAllowedVideoUrl: sandbox.isSandboxUrl };
    const routes = createVideoRoutes({
      authenticate: () => ({ userId: "u1" }),
      providers: [falProvider({ credentials: "any:key", ...access }), kieProvider({ apiKey: "any", ...access })],
      signingSecret: "a secret of 32 characters or more",
    });
    const url = "https://app.example/";
    return {
      generate: async (body: object) => {
        const request = new Request(url, { method: "POST", body: JSON.stringify(body) });
        return await (await routes.generateVideo(request)).json();
      },
      status: async (job: { requestId: string; modelId: string; provider: string }) => {
        const query = new URLSearchParams({ ...job });
        return await (await routes.videoStatus(new Request(`${url}?${query.toString()}`))).json();
      },
    };
  };

  test.each([
    ["vid-veo-3.1-fast", { duration: 8, resolution: "720p" }, "fal"],
    ["kie-wan-2.5", { duration: 5, resolution: "720p" }, "kie"],
  ])("%s makes a video at the provider the registry prefers", async (model, settings, provider) => {
    const { generate, status } = drive();
    const job = await generate({ model, prompt: "a corgi", aspectRatio: "16:9", ...settings });
    expect(job).toMatchObject({ queued: true, provider });
    const answer = await status(job);
    expect(answer).toEqual({
      success: true,
      videos: [{ url: expect.stringMatching(`^${sandbox.url}/files/[\\w-]+\\.mp4$`) }],
      modelId: model,
      provider,
    });
    expect((await fetch(answer.videos[0].url, { headers: { range: "bytes=0-99" } })).status).toBe(206);
  });

  test("a model that its vendor withdrew is retired here too", async () => {
    const answer = await drive().generate({
      model: "kie-sora-2",
      prompt: "a corgi",
      aspectRatio: "16:9",
      duration: 10,
    });
    expect(answer).toMatchObject({ error: { code: "model-retired", message: expect.stringContaining("kie-sora-2") } });
  });

  test("a prompt can ask for a job that fails", async () => {
    const { generate, status } = drive();
    const prompt = "a corgi [scenario:content-policy-violation]";
    const job = await generate({ model: "vid-veo-3.1-fast", prompt, duration: 8, resolution: "720p" });
    expect(await status(job)).toMatchObject({ success: false, code: "content-rejected" });
  });

  test.each([
    ["fal", "vid-veo-3.1-fast", 8, "nope"],
    ["fal", "vid-veo-3.1-fast", 8, "create-402"],
    ["kie", "kie-wan-2.5", 5, "runner-error"],
  ])("%s refuses a scenario that it does not have: %s, %s s, %s", async (provider, model, duration, scenario) => {
    const { generate } = drive();
    const before = sandbox.fal.jobs.length + sandbox.kie.tasks.length;
    const answer = await generate({ model, prompt: `a corgi [scenario:${scenario}]`, duration, resolution: "720p" });
    expect(answer).toMatchObject({ error: { code: expect.any(String) as string } });
    expect(sandbox.fal.jobs.length + sandbox.kie.tasks.length).toBe(before);
    expect(scenarioProblem(provider as "fal" | "kie", `[scenario:${scenario}]`)).toContain(
      `has no scenario "${scenario}"`,
    );
  });

  test("a prompt can ask for a lost answer, which arrives as a cut connection after one POST", async () => {
    const { generate } = drive();
    const before = sandbox.fal.jobs.length;
    const prompt = "a corgi [scenario:submit-reset-accepted]";
    const answer = await generate({ model: "vid-veo-3.1-fast", prompt, duration: 8, resolution: "720p" });
    expect(answer).toMatchObject({ error: { code: "submission-unknown" } });
    expect(sandbox.fal.jobs.length - before).toBe(1);
  });
});

test("a video that no job made is not served", async () => {
  expect((await fetch(`${sandbox.url}/files/never-was.mp4`)).status).toBe(404);
});

test.each([
  "https://api.fal.ai/v1/models",
  "https://queue.falrun.com/fal-ai/veo3.1",
  "https://kieai.redpandaai.co/api",
])("%s is not simulated: the answer names the host, and nothing leaves the machine", async (url) => {
  const response = await sandbox.fetch(url, { method: "POST", body: "{}" });
  expect(response.status).toBe(501);
  expect(await response.json()).toMatchObject({ detail: expect.stringContaining(new URL(url).hostname) });
});

test.each(["/", "/x", "/%zz", "//"])("%s names no provider: the answer says what a path begins with", async (path) => {
  const response = await fetch(sandbox.url + path);
  expect([400, 404]).toContain(response.status);
  if (path !== "//") expect(await response.text()).toContain("/queue.fal.run/");
});

test("a web page of any origin may call it, and is asked for nothing first", async () => {
  const url = `${sandbox.url}/queue.fal.run/${ENDPOINT}`;
  const asks = {
    origin: "https://app.example",
    "access-control-request-headers": "authorization, x-fal-queue-priority",
  };
  const question = await fetch(url, { method: "OPTIONS", headers: asks });
  expect(question.status).toBe(204);
  expect(question.headers.get("access-control-allow-headers")).toBe(asks["access-control-request-headers"]);
  const answer = await fetch(url, { method: "POST", body: "{}" });
  expect([answer.status, answer.headers.get("access-control-allow-origin")]).toEqual([401, "*"]);
});

test("an id of an earlier start leads nowhere", async () => {
  const first = await startSandbox({ jobMs: 0 });
  const client = createFalClient({ credentials: "any:key", fetch: first.fetch });
  const { requestId } = await client.subscribe(ENDPOINT, { input: { prompt: "a corgi" } });
  await first.close();
  const second = await startSandbox({ jobMs: 0 });
  const later = createFalClient({ credentials: "any:key", fetch: second.fetch });
  await later.subscribe(ENDPOINT, { input: { prompt: "a cat" } });
  await expect(later.queue.result(ENDPOINT, { requestId })).rejects.toMatchObject({ status: 404 });
  expect((await fetch(`${second.url}/files/${requestId}.mp4`)).status).toBe(404);
  await second.close();
});

test("a stream of a job that never ends stops when its reader goes", async () => {
  const client = createFalClient({ credentials: "any:key", fetch: sandbox.fetch });
  const input = { prompt: "a corgi [scenario:never-ends]" };
  const { request_id: requestId } = await client.queue.submit(ENDPOINT, { input });
  const stream = await client.queue.streamStatus(ENDPOINT, { requestId });
  const first = await stream[Symbol.asyncIterator]().next();
  expect(first.value).toMatchObject({ request_id: requestId });
  stream.abort();
  await stream.done();
});

test("its fetch leaves other addresses alone", async () => {
  expect((await sandbox.fetch(`${sandbox.url}/files/never-was.mp4`)).status).toBe(404);
  expect((await sandbox.fetch(new Request(`${sandbox.url}/files/never-was.mp4`))).status).toBe(404);
});

test("a port that is taken is an error", async () => {
  await expect(startSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
});
