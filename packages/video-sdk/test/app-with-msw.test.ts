// The whole engine in an app: the way to a video, the old client's first fault, tokens, time, and cancel. The books are checked after each.
import { ConvexHttpClient } from "convex/browser";
import { HttpResponse } from "msw";
import { describe, expect, test, vi } from "vitest";
import type { Http } from "../src/adapters/index.ts";
import { createVideoEngine } from "../src/index.ts";
import { createCompareAndSetStorage } from "../src/platform/__fixtures__/compare-and-set-storage.ts";
import { BACKEND_KINDS, CONVEX_URL } from "./support/app-backend.ts";
import { APP_URL, type AppRoutes } from "./support/app-routes.ts";
import {
  byAddress,
  byKy,
  CREDITS,
  expectSettled,
  MINUTE,
  appOn,
  outcomeOf,
  request,
  SECOND,
  fakeNetworkAndTime,
  video,
  withCancel,
} from "./support/open-app.ts";

fakeNetworkAndTime();

const CLIENTS = [
  ["{ baseUrl, getToken }", byAddress],
  ["the app's own ky instance", byKy],
] as const;
const PLACES = BACKEND_KINDS.flatMap((kind) => CLIENTS.map(([name, http]) => [kind, name, http] as const));

describe.each(PLACES)("on a backend %s, over %s", (kind, _, http) => {
  const openApp = appOn(kind);

  test("a job of two minutes becomes a video that is paid for once", async () => {
    const app = openApp({ http });
    const generation = app.engine.generate(request);
    const result = await outcomeOf(generation);
    expect(result).toMatchObject({ status: "completed", videos: [video], credits: CREDITS, settlement: "captured" });
    await expect(generation.result).resolves.toMatchObject({
      videos: [video],
      sessionId: "session-1",
      rowId: "row-1",
    });
    expect(app.backend.books).toMatchObject({
      credits: 1_000 - CREDITS,
      reserved: 0,
      captured: CREDITS,
      released: 0,
    });
    expect(app.backend.books.slots).toEqual([{ id: "slot-1", status: "completed" }]);
    expect(app.backend.books.rows).toEqual([
      {
        id: "row-1",
        sessionId: "session-1",
        slotId: "slot-1",
        // As deployed a row knows neither its price nor its job.
        ...(kind === "as-deployed" ? { credits: 0 } : { credits: CREDITS, externalRequestId: "job-1" }),
        model: request.model,
        prompt: request.prompt,
        createdAt: 0,
        isLoading: false,
        videos: [video],
      },
    ]);
    expect(app.routes.jobs).toEqual(["job-1"]);
    expectSettled(app);
  });

  test("every request carries a token of its own, none older than its life", async () => {
    const app = openApp({ http, routes: { jobMs: 4 * MINUTE } });
    await outcomeOf(app.engine.generate(request), 10 * MINUTE);
    const tokens = app.routes.requests.map(({ token }) => token);
    expect(tokens.length).toBeGreaterThan(5);
    expect(new Set(tokens).size).toBe(tokens.length);
    for (const { token, at } of app.routes.requests) expect(at - Number(token.split("@")[1])).toBeLessThan(SECOND);
    expectSettled(app);
  });

  test.each([
    ["503", () => HttpResponse.json({ error: "error: the service failed (503)" }, { status: 503 })],
    [
      "429 with Retry-After",
      () => HttpResponse.json({ error: "error 429" }, { status: 429, headers: { "retry-after": "20" } }),
    ],
    ["a page in HTML with 502", () => HttpResponse.html("<h1>error 502, failed (400)</h1>", { status: 502 })],
    ["a page in HTML with 200", () => HttpResponse.html("<h1>Sign in to the Wi-Fi</h1>")],
    ["400", () => HttpResponse.json({ error: "failed (400)" }, { status: 400 })],
    ["404", () => HttpResponse.json({ error: "not found" }, { status: 404 })],
    ["a broken network", () => HttpResponse.error()],
  ])("fault 1 of the old client: status polls answered with %s do not end a paid job", async (_name, answer) => {
    const app = openApp({ http });
    app.routes.answerNext("status", ...Array.from({ length: 4 }, () => answer));
    expect(await outcomeOf(app.engine.generate(request), 10 * MINUTE)).toMatchObject({
      status: "completed",
      settlement: "captured",
    });
    expect(app.routes.requests.filter(({ route }) => route === "status").length).toBeGreaterThan(4);
    expect(app.routes.jobs).toHaveLength(1);
    expectSettled(app);
  });
});

describe.each(BACKEND_KINDS)("what goes out, on a backend %s", (kind) => {
  const openApp = appOn(kind);

  test("is the contract: the functions in order, the request, the key, and the questions about the job", async () => {
    const app = openApp();
    const generation = app.engine.generate(request);
    await outcomeOf(generation);
    expect(app.backend.calls.map(({ name }) => name)).toEqual([
      ...[
        "generations:acquireGenerationSlot",
        "users:reserveCredits",
        "sessions:createSession",
        "sessions:addGenerationToSession",
      ],
      ...[
        ...(kind === "as-deployed" ? [] : ["sessions:updateGeneration"]),
        "sessions:updateGeneration",
        "users:captureReservedCredits",
        "generations:updateGenerationStatus",
      ],
    ]);
    const [submit, ...questions] = app.routes.requests;
    expect(submit).toMatchObject({
      route: "generate",
      key: generation.id,
      body: { ...request, generateAudio: true },
    });
    expect(questions.length).toBeGreaterThan(0);
    for (const { route, query } of questions) {
      expect(route).toBe("status");
      expect(query).toEqual({ requestId: "job-1", modelId: "vid-veo-3.1-fast", provider: "fal" });
    }
  });

  test("is little: a job of two minutes costs at most forty questions, no two of them within a second", async () => {
    const app = openApp();
    await outcomeOf(app.engine.generate(request));
    const asked = app.routes.requests.filter(({ route }) => route === "status").map(({ at }) => at);
    expect(asked.length).toBeLessThanOrEqual(40);
    for (const [index, at] of asked.entries()) expect(at - (asked[index - 1] ?? 0)).toBeGreaterThanOrEqual(SECOND);
    expectSettled(app);
  });
});

describe.each(BACKEND_KINDS)("a token that is refused, on a backend %s", (kind) => {
  const openApp = appOn(kind);

  test("is forced to be new once, and the generation goes on", async () => {
    const forced: boolean[] = [];
    const http = ({ signToken }: AppRoutes): Http => {
      let cached = signToken();
      const getToken = ({ isForced }: { isForced: boolean }) => {
        forced.push(isForced);
        if (isForced) cached = signToken();
        return cached;
      };
      return { baseUrl: APP_URL, getToken };
    };
    const app = openApp({ http });
    const generation = app.engine.generate(request);
    await vi.advanceTimersByTimeAsync(10 * SECOND);
    app.routes.revokeTokens();
    expect(await outcomeOf(generation)).toMatchObject({ status: "completed", settlement: "captured" });
    expect(forced.filter(Boolean).length).toBeGreaterThan(0);
    expectSettled(app);
  });

  test("that is gone during the polls does not end the job: the video is fetched after the next sign-in", async () => {
    let isSignedIn = true;
    const http = ({ signToken }: AppRoutes): Http => ({
      baseUrl: APP_URL,
      getToken: () => (isSignedIn ? signToken() : null),
    });
    const app = openApp({ http });
    const generation = app.engine.generate(request);
    await vi.advanceTimersByTimeAsync(10 * SECOND);
    isSignedIn = false;
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", settlement: "held" });
    isSignedIn = true;
    expect(await outcomeOf(generation)).toMatchObject({ status: "completed", settlement: "captured" });
    expectSettled(app);
  });

  test("that was never there fails the submit before anything is sent, and the credits come back", async () => {
    const app = openApp({ http: () => ({ baseUrl: APP_URL, getToken: () => null }) });
    const outcome = await outcomeOf(app.engine.generate(request));
    expect(outcome).toMatchObject({ status: "failed", error: { code: "not-signed-in" }, settlement: "released" });
    expect(app.routes.requests).toEqual([]);
    expectSettled(app);
  });
});

describe.each(BACKEND_KINDS)("a job that never ends, on a backend %s", (kind) => {
  const openApp = appOn(kind);

  const routes = { jobMs: Infinity };

  test("is canceled at the provider past its hard limit, and the credits come back", async () => {
    const app = openApp({ routes, ...withCancel });
    const generation = app.engine.generate(request);
    await vi.advanceTimersByTimeAsync(10 * MINUTE);
    expect(generation.getSnapshot()).toMatchObject({ status: "running", isSlow: true, settlement: "held" });
    expect(await outcomeOf(generation, 30 * MINUTE)).toMatchObject({
      status: "failed",
      error: { code: "timed-out" },
      settlement: "released",
    });
    expect(app.routes.requests.filter(({ route }) => route === "cancel")).toHaveLength(1);
    expect(app.backend.books).toMatchObject({ credits: 1_000, captured: 0, released: CREDITS });
    expect(app.backend.books.rows[0]).toMatchObject({ isLoading: false, videos: [], error: expect.any(String) });
    expectSettled(app);
  });

  test("stays watched where it cannot be canceled, until the engine is disposed of", async () => {
    const app = openApp({ routes });
    expect(await outcomeOf(app.engine.generate(request), 45 * MINUTE)).toMatchObject({
      error: { code: "timed-out" },
      settlement: "released",
    });
    expect(app.backend.imbalances()).toEqual([]);
    expect(vi.getTimerCount()).toBe(1);
    app.engine.dispose();
    expectSettled(app);
  });
});

describe.each(BACKEND_KINDS)("a cancel, on a backend %s", (kind) => {
  const openApp = appOn(kind);

  test("in the middle of a job reaches the provider, and the credits come back", async () => {
    const app = openApp(withCancel);
    const generation = app.engine.generate(request);
    await vi.advanceTimersByTimeAsync(40 * SECOND);
    const canceled = generation.cancel();
    await vi.advanceTimersByTimeAsync(MINUTE);
    expect(await canceled).toMatchObject({ status: "canceled", settlement: "released" });
    await expect(generation.result).rejects.toMatchObject({ name: "VideoError", code: "canceled" });
    expect(app.routes.requests.at(-1)).toMatchObject({
      route: "cancel",
      body: { requestId: "job-1", modelId: "vid-veo-3.1-fast", provider: "fal" },
    });
    expect(app.backend.books).toMatchObject({ credits: 1_000, released: CREDITS });
    expectSettled(app);
  });

  test("where nothing can be canceled is a wish: the video comes, and is charged", async () => {
    const app = openApp();
    const generation = app.engine.generate(request);
    await vi.advanceTimersByTimeAsync(40 * SECOND);
    void generation.cancel();
    expect(await outcomeOf(generation)).toMatchObject({
      status: "completed",
      videos: [video],
      settlement: "captured",
    });
    expectSettled(app);
  });

  test("by a signal before anything was answered submits nothing", async () => {
    const app = openApp();
    const controller = new AbortController();
    const generation = app.engine.generate(request, { signal: controller.signal });
    controller.abort();
    // Under a key the credits were asked for beside the slot.
    const settlement = kind === "with-operation-ids" ? "released" : "none";
    expect(await outcomeOf(generation)).toMatchObject({ status: "canceled", settlement });
    expect(app.routes.requests).toEqual([]);
    expectSettled(app);
  });
});

test.each(BACKEND_KINDS)(
  "on a backend %s, a storage that can compare and set keeps a second process away from what one is driving",
  async (kind) => {
    const openApp = appOn(kind);
    const storage = createCompareAndSetStorage();
    const app = openApp({ engine: { platform: { storage }, user: "user-1" } });
    const second = createVideoEngine({
      convex: new ConvexHttpClient(CONVEX_URL, { logger: false }),
      http: byAddress(app.routes),
      platform: { storage },
      user: "user-1",
    });
    const generation = app.engine.generate(request);
    await vi.advanceTimersByTimeAsync(30 * SECOND);
    expect(await second.resume()).toEqual([]);
    second.dispose();
    expect(await outcomeOf(generation)).toMatchObject({ settlement: "captured" });
    expect(app.routes.jobs).toEqual(["job-1"]);
    // What is left tells how long jobs take, and nothing of anybody.
    expect([...storage.items.keys()]).toEqual(["video-engine:1:durations"]);
    expectSettled(app);
  },
);
