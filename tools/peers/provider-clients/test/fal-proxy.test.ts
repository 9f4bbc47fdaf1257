// fal's proxy for a server, in front of the sandbox, and the client and TanStack AI behind it.
import { createFalClient } from "@fal-ai/client";
import { createRouteHandler } from "@fal-ai/server-proxy/nextjs";
import { generateVideo, getVideoJobStatus } from "@tanstack/ai";
import { falVideo } from "@tanstack/ai-fal";
import { serveHttp, type HttpServer } from "@video-engine/example-sandbox";
import { NextRequest } from "next/server.js";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openSandbox } from "./open-sandbox.ts";

const sandbox = openSandbox();
let proxy: HttpServer;
beforeAll(async () => {
  // The proxy takes no fetch.
  vi.stubGlobal("fetch", sandbox().fetch);
  const handlers = createRouteHandler({
    resolveFalAuth: () => Promise.resolve("Key the-server's"),
    isAuthenticated: () => Promise.resolve(true),
    allowUnauthorizedRequests: false,
    allowedEndpoints: ["fal-ai/veo3.1/**"],
  });
  const byMethod = new Map(Object.entries(handlers));
  proxy = await serveHttp(
    async (request) =>
      (await byMethod.get(request.method)?.(new NextRequest(request))) ?? new Response(null, { status: 405 }),
    { port: 0, host: "127.0.0.1" },
  );
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await proxy.close();
});

const ENDPOINT = "fal-ai/veo3.1/fast";

describe("@fal-ai/client through the proxy", () => {
  test("makes a video without a key of its own", async () => {
    const client = createFalClient({ proxyUrl: { url: proxy.url, when: "always" } });
    const { data, requestId } = await client.subscribe(ENDPOINT, { input: { prompt: "a corgi" }, pollInterval: 50 });
    expect(data).toMatchObject({ video: { url: `${sandbox().url}/files/${requestId}.mp4` } });
  });

  test("is refused an endpoint that the server does not allow", async () => {
    const client = createFalClient({ proxyUrl: { url: proxy.url, when: "always" } });
    const before = sandbox().fal.jobs.length;
    await expect(client.queue.submit("fal-ai/other", { input: { prompt: "a corgi" } })).rejects.toMatchObject({
      status: 400,
    });
    expect(sandbox().fal.jobs.length).toBe(before);
  });
});

describe("@tanstack/ai with @tanstack/ai-fal", () => {
  test("makes a video", async () => {
    const adapter = falVideo(ENDPOINT, { apiKey: "any:key" });
    const { jobId } = await generateVideo({ adapter, prompt: "a corgi" });
    await vi.waitFor(
      async () => expect(await getVideoJobStatus({ adapter, jobId })).toMatchObject({ status: "completed" }),
      {
        timeout: 30_000,
      },
    );
    expect(await getVideoJobStatus({ adapter, jobId })).toMatchObject({ url: `${sandbox().url}/files/${jobId}.mp4` });
  });

  test("says what fal says of a job that failed", async () => {
    const adapter = falVideo(ENDPOINT, { apiKey: "any:key" });
    const { jobId } = await generateVideo({ adapter, prompt: "a corgi [scenario:content-policy-violation]" });
    await vi.waitFor(
      async () => {
        expect(await getVideoJobStatus({ adapter, jobId })).toMatchObject({
          error: expect.stringContaining("flagged"),
        });
      },
      { timeout: 30_000 },
    );
  });
});
