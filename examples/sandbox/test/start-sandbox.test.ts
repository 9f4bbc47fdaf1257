import { createFalClient } from "@fal-ai/client";
import { createVideoRoutes, falProvider, kieProvider } from "@video-engine/video-sdk/server";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSandbox, type Sandbox } from "../src/index.ts";

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

  test("a prompt can ask for a lost answer, which arrives as a cut connection after one POST", async () => {
    const { generate } = drive();
    const before = sandbox.fal.jobs.length;
    const prompt = "a corgi [scenario:submit-reset-accepted]";
    const answer = await generate({ model: "vid-veo-3.1-fast", prompt, duration: 8, resolution: "720p" });
    expect(answer).toMatchObject({ error: { code: "submission-unknown" } });
    expect(sandbox.fal.jobs.length - before).toBe(1);
  });
});

test("a video that no job made, and a host that is not simulated, are not served", async () => {
  expect((await fetch(`${sandbox.url}/files/never-was.mp4`)).status).toBe(404);
  await expect(fetch(`${sandbox.url}/example.com/`)).rejects.toThrow("fetch failed");
});

test("its fetch leaves other addresses alone", async () => {
  expect((await sandbox.fetch(`${sandbox.url}/files/never-was.mp4`)).status).toBe(404);
  expect((await sandbox.fetch(new Request(`${sandbox.url}/files/never-was.mp4`))).status).toBe(404);
});

test("a port that is taken is an error", async () => {
  await expect(startSandbox({ port: Number(new URL(sandbox.url).port) })).rejects.toMatchObject({ code: "EADDRINUSE" });
});
