// The app's first-frame route as the engine asks it: over a scripted fetch, and against the routes of this package in-process.
import ky from "ky";
import { describe, expect, test, vi } from "vitest";
import { htmlPage, json, networkError, scriptFetch, type ScriptedAnswer } from "../http/__fixtures__/script-fetch.ts";
import { createRoutesWorld } from "../server/__fixtures__/routes-world.ts";
import type { FirstFrames } from "../server/rehost/extract-first-frame-route.ts";
import { createTestClock } from "../testing/test-clock.ts";
import { createFirstFrameFinder } from "./create-first-frame-finder.ts";

const VIDEO = "https://v3.fal.media/a.mp4";
const PICTURE = "https://cdn.example/1.jpg";
const FOUND = { ok: true, value: PICTURE };

function setUp(...answers: readonly ScriptedAnswer[]) {
  const scripted = scriptFetch(...answers);
  const clock = createTestClock();
  let tokens = 0;
  const http = { baseUrl: "https://app.test/", getToken: () => `token-${++tokens}`, fetch: scripted.fetch };
  const controller = new AbortController();
  const finder = createFirstFrameFinder({ http, clock });
  return { ...scripted, clock, controller, find: (videoUrl = VIDEO) => finder(videoUrl, controller.signal) };
}

describe("one question", () => {
  test("is a POST of the video's URL with a token of its own, and answers with the picture", async () => {
    const { find, requests } = setUp(json({ success: true, url: PICTURE }), json({ success: true, url: PICTURE }));
    expect([await find(), await find()]).toEqual([FOUND, FOUND]);
    expect(requests.map(({ url, method, headers }) => [method, url, headers.get("authorization")])).toEqual([
      ["POST", "https://app.test/api/mobile/extract-first-frame", "Bearer token-1"],
      ["POST", "https://app.test/api/mobile/extract-first-frame", "Bearer token-2"],
    ]);
    expect(await requests[0]?.json()).toEqual({ videoUrl: VIDEO });
  });

  test("goes through the app's own ky instance, to a path of the app's choice", async () => {
    const scripted = scriptFetch(json({ success: true, url: PICTURE }));
    const http = ky.create({ prefix: "https://app.test/v1", fetch: scripted.fetch });
    const find = createFirstFrameFinder({ http, clock: createTestClock(), routes: { firstFrame: "frames" } });
    expect(await find(VIDEO, new AbortController().signal)).toEqual(FOUND);
    expect(scripted.requests[0]?.url).toBe("https://app.test/v1/frames");
  });

  test.each([
    ["http://cdn.example/1.jpg"],
    ["https://"],
    ["https:///1.jpg"],
    ["https://cdn.example\\@evil.example/1.jpg"],
    ["javascript:alert(1)"],
    ["data:image/png;base64,AA"],
    [`https://cdn.example/${"a".repeat(2050)}`],
    [["https://cdn.example/1.jpg"]],
    [undefined],
  ])("a picture at %j is not taken", async (url) => {
    expect(await setUp(json({ success: true, url })).find()).toMatchObject({
      ok: false,
      error: { code: "protocol-mismatch", retryable: false },
    });
  });

  test.each([[{ success: false, url: PICTURE }], [null], [[]], ["text"], [7]])("%j is no picture", async (body) => {
    expect(await setUp(json(body)).find()).toMatchObject({ ok: false, error: { code: "protocol-mismatch" } });
  });

  test.each([["file:///a.mp4"], ["data:video/mp4;base64,AA"], ["http://a.test/a.mp4"], [""]])(
    "about %j is not asked",
    async (videoUrl) => {
      const { find, requests } = setUp();
      expect(await find(videoUrl)).toMatchObject({ ok: false, error: { code: "invalid-request" } });
      expect(requests).toEqual([]);
    },
  );
});

describe("what may pass", () => {
  test.each([
    ["a broken network", networkError(), "unreachable"],
    ["a gateway", htmlPage(502), "unreachable"],
    ["a busy server", json({ error: { code: "rate-limited" } }, { status: 429 }), "rate-limited"],
  ] as const)("is that error: %s", async (_, answer, code) => {
    const { find, requests } = setUp(answer, json({ success: true, url: PICTURE }));
    expect(await find()).toMatchObject({ ok: false, error: { code, retryable: true } });
    expect(await find()).toEqual(FOUND);
    expect(requests).toHaveLength(2);
  });

  test("says how long to wait where the server does", async () => {
    const { find } = setUp(json({}, { status: 429, headers: { "retry-after": "7" } }));
    expect(await find()).toMatchObject({ error: { retryAfterMs: 7_000 } });
    const { find: other } = setUp(json({ error: { code: "rate-limited", retryAfterMs: 900 } }, { status: 429 }));
    expect(await other()).toMatchObject({ error: { retryAfterMs: 900 } });
  });

  test("no answer within 30 s is none, and leaves no timer behind", async () => {
    const { find, clock } = setUp("hang");
    const finding = find();
    await clock.advance(29_999);
    expect(clock.pending).toBe(1);
    await clock.advance(1);
    expect(await finding).toMatchObject({ ok: false, error: { code: "unreachable" } });
    expect(clock.pending).toBe(0);
  });

  test("aborting ends it at once", async () => {
    const { find, clock, controller } = setUp("hang");
    const finding = find();
    await clock.flush();
    controller.abort();
    expect(await finding).toMatchObject({ ok: false });
    expect(clock.pending).toBe(0);
  });

  test("without a signed-in user is `not-signed-in`", async () => {
    const http = { baseUrl: "https://app.test", getToken: () => null };
    const find = createFirstFrameFinder({ http, clock: createTestClock() });
    expect(await find(VIDEO, new AbortController().signal)).toMatchObject({ error: { code: "not-signed-in" } });
  });
});

describe("a deployment without the route", () => {
  test.each([404, 405, 501])("that says %i is not asked again", async (status) => {
    const { find, requests } = setUp(htmlPage(status), json({ success: true, url: PICTURE }));
    const missing = { ok: false, error: { code: "not-configured", retryable: false } };
    expect([await find(), await find()]).toMatchObject([missing, missing]);
    expect(requests).toHaveLength(1);
  });
});

describe("the routes of this package", () => {
  function onRoutes(firstFrames?: FirstFrames) {
    const { routes } = createRoutesWorld({ firstFrames });
    const fetch = vi.fn(routes.extractFirstFrame);
    const http = {
      baseUrl: "https://app.test",
      getToken: () => "u1",
      fetch: (input: string | URL | Request, init?: RequestInit) => fetch(new Request(input, init)),
    };
    const find = createFirstFrameFinder({ http, clock: createTestClock() });
    return { fetch, find: (videoUrl = VIDEO) => find(videoUrl, new AbortController().signal) };
  }

  test("answer with the app's picture, for the user who is signed in", async () => {
    const extract = vi.fn<FirstFrames["extract"]>(async () => PICTURE);
    const { find } = onRoutes({ extract, allowedHosts: [".fal.media"] });
    expect(await find()).toEqual(FOUND);
    expect(extract.mock.calls).toMatchObject([[VIDEO, { userId: "u1" }]]);
  });

  test("without the app's extractor say so, and are not asked again", async () => {
    const { find, fetch } = onRoutes();
    expect(await find()).toMatchObject({ ok: false, error: { code: "not-configured" } });
    await find();
    expect(fetch).toHaveBeenCalledTimes(1);
  });

  test("refuse one video, and are asked about the next one", async () => {
    const { find, fetch } = onRoutes({ extract: async () => PICTURE, allowedHosts: [".fal.media"] });
    expect(await find("https://other.example/a.mp4")).toMatchObject({ error: { code: "invalid-request" } });
    expect(await find()).toEqual(FOUND);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("hide what the extractor throws, and it is not tried again", async () => {
    const { find } = onRoutes({ extract: () => Promise.reject(new Error("ffmpeg")), allowedHosts: [".fal.media"] });
    expect(await find()).toMatchObject({ ok: false, error: { code: "internal", retryable: false } });
  });
});
