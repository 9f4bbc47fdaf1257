// Maps of routes: what each request is with the maps that are shipped, with paths alone, and with functions of an app's own.
import { resolveVideoRequest } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { createFirstFrameFinder } from "../after-success/create-first-frame-finder.ts";
import { createFileUploader } from "../attachments/create-file-uploader.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { json, scriptFetch } from "./__fixtures__/script-fetch.ts";
import { openHttp, question, request } from "./__fixtures__/http-world.ts";
import { deployedMobileRoutes } from "./deployed-mobile-routes.ts";
import { deployedWebRoutes } from "./deployed-web-routes.ts";
import { planRoutes, routesOf } from "./plan-routes.ts";
import { requestBody } from "./request-body.ts";
import type { RouteMap } from "./route-map.ts";

const QUEUED = { queued: true, requestId: "job-1" };
const job = { requestId: "job-1", provider: "fal", endpoint: "fal-ai/x", model: request.model, modelId: request.model };

describe("the routes of the plan", () => {
  test("are the default, member for member", () => {
    const file = { contentType: "image/png", contentLength: 5 };
    for (const routes of [routesOf(), routesOf({}), routesOf(planRoutes)]) {
      expect(routes.submit(request)).toEqual({ path: "api/mobile/generate-video", body: requestBody(request) });
      const { model: _, ...query } = job;
      expect(routes.status(job)).toEqual({ path: "api/mobile/video-status", query });
      expect(routes.cancel).toBeUndefined();
      expect(routes.presign(file)).toEqual({ path: "api/mobile/r2-presign", body: { contentType: "image/png" } });
      expect(routes.presignVideo({ ...file, contentType: "video/mp4" })).toEqual({
        path: "api/mobile/upload-video-presign",
        body: { contentType: "video/mp4", fileName: "video.mp4" },
      });
      expect(routes.firstFrame?.("https://v")).toEqual({
        path: "api/mobile/extract-first-frame",
        body: { videoUrl: "https://v" },
      });
    }
  });

  test("take other paths, and a length beside the type of a file", () => {
    const routes = routesOf({ cancel: "cancel", presign: "presign", isUploadLengthSent: true, firstFrame: false });
    const { model: _, ...body } = job;
    expect(routes.cancel?.(job)).toEqual({ path: "cancel", body });
    const file = { contentType: "image/png", contentLength: 5 };
    expect(routes.presign(file)).toEqual({ path: "presign", body: file });
    expect(routes.firstFrame).toBeUndefined();
  });
});

describe("a map of an app's own", () => {
  const own: RouteMap = {
    submit: (wanted) => ({ path: `jobs/${wanted.model}`, body: { ...requestBody(wanted), model: "theirs" } }),
    status: ({ requestId, modelId }) => ({ path: `jobs/${requestId}`, query: { of: modelId, none: undefined } }),
    cancel: ({ requestId }) => ({ path: `jobs/${requestId}/cancel`, body: {} }),
    presign: ({ contentType }) => ({ path: "files", body: { type: contentType } }),
    firstFrame: (videoUrl) => ({ path: "frames", body: { of: videoUrl } }),
  };

  test("is asked for each request", async () => {
    const world = openHttp([json(QUEUED), json({ queued: true }), json({ canceled: "removed" })], own);
    await world.submit();
    await world.status();
    expect(await world.cancel()).toEqual({ ok: true, value: "removed" });
    expect(world.requests.map(({ method, url }) => `${method} ${url.replace("https://app.test/", "")}`)).toEqual([
      "POST jobs/vid-veo-3.1-fast",
      "GET jobs/job-1?of=vid-veo-3.1-fast",
      "POST jobs/job-1/cancel",
    ]);
  });

  test("names a model as it likes: the job keeps that name for its questions", async () => {
    const accepted = await openHttp([json(QUEUED)], own).submit();
    expect(accepted).toMatchObject({ ok: true, value: { job: { requestId: "job-1", modelId: "theirs" } } });
    const { api, requests } = openHttp([json({})], own);
    const named = { ...question, job: { requestId: "job-1", modelId: "theirs" } };
    await api.status(named, { signal: new AbortController().signal });
    expect(requests[0]?.url).toContain("of=theirs");
  });

  test("has a say in addresses for files and in pictures", async () => {
    const scripted = scriptFetch(
      json({ uploadUrl: "https://put.test/a", url: "https://cdn.test/a.png" }),
      json({ success: true, url: "https://cdn.test/frame.jpg" }),
    );
    const [clock, signal] = [createTestClock(), new AbortController().signal];
    const http = { baseUrl: "https://app.test", getToken: () => "t", fetch: scripted.fetch };
    const put = async () => ({ status: 200 });
    const uploader = createFileUploader({ http, clock, put, routes: own });
    const file = { contentType: "image/png", byteLength: 5, fileName: undefined, source: { uri: "file:///a.png" } };
    const uploaded = await uploader.upload(file, { signal, onProgress: () => undefined });
    expect(uploaded).toEqual({ ok: true, value: "https://cdn.test/a.png" });
    await createFirstFrameFinder({ http, clock, routes: own })("https://videos.test/1.mp4", signal);
    expect(await Promise.all(scripted.requests.map((seen) => seen.json()))).toEqual([
      { type: "image/png" },
      { of: "https://videos.test/1.mp4" },
    ]);
  });

  const throws = () => {
    throw new Error("no such model");
  };
  test.each([
    ["throws", throws],
    ["gives no path", () => ({ path: "", body: {}, query: {} })],
    ["gives no body and no query", () => ({ path: "x" })],
    ["gives nothing", () => undefined],
  ])("that %s sends nothing, certainly, and says which route it was", async (_, route) => {
    const broken = { submit: route, status: route, cancel: route } as unknown as RouteMap;
    const { submit, status, cancel, requests } = openHttp([], broken);
    for (const [name, call] of Object.entries({ submit, status, cancel })) {
      const message = expect.stringContaining(`\`routes.${name}\``);
      expect(await call()).toMatchObject({
        ok: false,
        certainty: "not-done",
        error: { code: "not-configured", message },
      });
    }
    expect(requests).toEqual([]);
  });
});

describe("a submit that cannot be put into a request", () => {
  const circular: Record<string, unknown> = {};
  circular["itself"] = circular;
  test.each<[string, RouteMap]>([
    ["has a query in place of its body", { submit: () => ({ path: "x", query: {} }) as never }],
    ["has a list as its body", { submit: () => ({ path: "x", body: [1] }) }],
    ["has a number that JSON has not", { submit: () => ({ path: "x", body: { credits: 10n } }) }],
    ["has itself in it", { extraBody: () => circular }],
  ])("because it %s was not sent, certainly", async (_, map) => {
    const { submit, requests } = openHttp([json(QUEUED)], map);
    expect(await submit()).toMatchObject({ ok: false, certainty: "not-done" });
    expect(requests).toEqual([]);
  });

  test("is no question with a body in place of its query, either", async () => {
    const { status, requests } = openHttp([json({})], { status: () => ({ path: "x", body: {} }) as never });
    const message = expect.stringContaining("`routes.status`");
    expect(await status()).toMatchObject({ ok: false, error: { code: "not-configured", message } });
    expect(requests).toEqual([]);
  });
});

describe("the deployed routes of the web app", () => {
  const routes = routesOf(deployedWebRoutes({ turnstileToken: () => "t" }));
  const resolved = (model: "vid-ovi" | "kie-wan-2.5" | "pixverse-v5" | "kie-seedance-1.5-pro") =>
    resolveVideoRequest({ model, prompt: "x" }).request;

  test("have submits of their own, and ask about jobs where the mobile client does", () => {
    const mobile = routesOf(deployedMobileRoutes);
    const paths = (["vid-ovi", "pixverse-v5", "kie-wan-2.5", "kie-seedance-1.5-pro"] as const).map((model) => {
      expect(routes.submit(resolved(model)).body).toEqual(mobile.submit(resolved(model)).body);
      const asked = { ...job, model, modelId: model };
      expect(routes.status(asked)).toEqual(mobile.status(asked));
      return routes.submit(resolved(model)).path;
    });
    expect(paths).toEqual([
      "api/fal-generate-videos",
      "api/pixverse-video",
      "api/kie-wan-2.5",
      "api/kie-seedance-1.5-pro",
    ]);
  });

  test("say what a status route says by a status", () => {
    expect(deployedWebRoutes({ turnstileToken: () => "t" }).verdictStatuses).toEqual([400, 403, 422]);
    expect(deployedMobileRoutes.verdictStatuses).toEqual([400, 403, 422]);
  });
});

describe("what a submit has beside its own members", () => {
  test("is asked for anew with each submit, and never replaces a member of the request", async () => {
    let tokens = 0;
    const web = deployedWebRoutes({
      turnstileToken: async () => `token-${++tokens}`,
      extraBody: () => ({ source: "web", prompt: "another", turnstileToken: "old" }),
    });
    const { submit, requests } = openHttp([json(QUEUED), json(QUEUED)], web);
    await submit();
    await submit();
    for (const [index, sent] of requests.entries()) {
      const turnstileToken = `token-${index + 1}`;
      expect(await sent.json()).toMatchObject({ source: "web", prompt: request.prompt, turnstileToken });
    }
    expect(requests).toHaveLength(2);
  });

  test("is no part of a question, a cancel or an address", async () => {
    const extraBody = () => Promise.reject(new Error("asked"));
    const { status, cancel } = openHttp([json({}), json({ canceled: "removed" })], { extraBody, cancel: "cancel" });
    expect(await status()).toMatchObject({ ok: true });
    expect(await cancel()).toMatchObject({ ok: true });
  });

  test.each<[string, RouteMap["extraBody"]]>([
    ["throws", () => Promise.reject(new Error("the challenge was left"))],
    ["has no token", deployedWebRoutes({ turnstileToken: () => "" }).extraBody],
  ])("that %s leaves the submit unsent, for a passing reason", async (_, extraBody) => {
    const { submit, requests } = openHttp([], { extraBody });
    const error = { code: "unreachable", retryable: true, details: { reason: expect.stringContaining("extraBody") } };
    expect(await submit()).toMatchObject({ ok: false, certainty: "not-done", error });
    expect(requests).toEqual([]);
  });

  test("that never comes is given up after half a minute", async () => {
    const { submit, clock, requests } = openHttp([], { extraBody: () => new Promise(() => undefined) });
    const result = submit();
    await clock.advance(30_000);
    expect(await result).toMatchObject({ ok: false, certainty: "not-done" });
    expect([requests.length, clock.pending]).toEqual([0, 0]);
  });

  test("ends with a cancel while it is waited for", async () => {
    const { api, clock, requests } = openHttp([], { extraBody: () => new Promise(() => undefined) });
    const controller = new AbortController();
    const result = api.submit(request, { key: "key-1", signal: controller.signal });
    controller.abort();
    expect(await result).toMatchObject({ ok: false, certainty: "not-done" });
    expect([requests.length, clock.pending]).toEqual([0, 0]);
  });
});
