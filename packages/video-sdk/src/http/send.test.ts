// One request: what goes out, what comes back, its deadline, and that nothing of it stays behind. Real ky, scripted fetch, simulated clock.
import { afterEach, describe, expect, test, vi } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { htmlPage, json, networkError, scriptFetch, type ScriptedAnswer } from "./__fixtures__/script-fetch.ts";
import {
  ask,
  byAddress,
  byInstance,
  countedSignal,
  DEADLINE_MS,
  NO_ANSWER,
  NOT_SENT,
  question,
} from "./__fixtures__/send-world.ts";
import { request } from "./__fixtures__/http-world.ts";
import { createHttpVideoApi } from "./create-http-video-api.ts";
import { createSend, type HttpAnswer } from "./send.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a request by address", () => {
  test("carries method, body, headers and token", async () => {
    const { send, requests, clock } = byAddress([json({ queued: true })]);
    const headers = { "idempotency-key": "key-1" };
    const answer = await send("post", "api/generate", {
      json: { prompt: "a corgi" },
      headers,
      deadlineMs: DEADLINE_MS,
    });
    expect(answer).toEqual({ kind: "answered", status: 200, body: { queued: true }, retryAfterMs: undefined });
    const [request] = requests;
    expect(request?.method).toBe("POST");
    expect(request?.url).toBe("https://app.test/api/generate");
    expect(Object.fromEntries(request?.headers ?? [])).toMatchObject({
      authorization: "Bearer token-1",
      "content-type": "application/json",
      "idempotency-key": "key-1",
    });
    expect(await request?.json()).toEqual({ prompt: "a corgi" });
    expect(clock.pending).toBe(0);
  });

  test("carries its query, encoded, and no body", async () => {
    const { send, requests } = byAddress([json({})]);
    await send("get", "api/status", {
      searchParams: { requestId: "a b&c=d", modelId: "vid-é" },
      deadlineMs: DEADLINE_MS,
    });
    expect(requests[0]?.method).toBe("GET");
    expect(await requests[0]?.text()).toBe("");
    expect([...new URL(requests[0]?.url ?? "").searchParams]).toEqual([
      ["requestId", "a b&c=d"],
      ["modelId", "vid-é"],
    ]);
  });

  test.each([
    ["https://app.test", "api/status"],
    ["https://app.test/", "api/status"],
    ["https://app.test", "/api/status"],
    ["https://app.test//", "//api/status"],
  ])("%s and %s are joined by one slash", async (baseUrl, path) => {
    const { send, requests } = byAddress([json({})], { baseUrl });
    await send("get", path, { deadlineMs: DEADLINE_MS });
    expect(requests[0]?.url).toBe("https://app.test/api/status");
  });

  test("keeps a path that belongs to the base", async () => {
    const { send, requests } = byAddress([json({})], { baseUrl: "https://app.test/eu/v2" });
    await send("get", "api/status", { deadlineMs: DEADLINE_MS });
    expect(requests[0]?.url).toBe("https://app.test/eu/v2/api/status");
  });

  test("goes through the runtime's fetch when no other is given", async () => {
    const scripted = scriptFetch(json({ queued: true }));
    vi.stubGlobal("fetch", scripted.fetch);
    const send = createSend({ baseUrl: "https://app.test", getToken: () => "token" }, createTestClock());
    expect(await send("get", "api/status", question)).toMatchObject({ status: 200 });
    expect(scripted.requests).toHaveLength(1);
  });

  test("nothing is asked or sent before the first request", () => {
    const getToken = vi.fn<() => string>(() => "token");
    const { requests, clock } = byAddress([], { getToken });
    expect(getToken).not.toHaveBeenCalled();
    expect(requests).toHaveLength(0);
    expect(clock.pending).toBe(0);
  });
});

describe.each([
  ["by address", byAddress],
  ["by the app's ky instance", byInstance],
] as const)("a request %s", (_, make) => {
  test.each([400, 403, 404, 408, 409, 413, 429, 500, 502, 503, 504])(
    "that is answered with %i is sent once",
    async (status) => {
      const world = make([json({ error: "error 400 failed" }, { status, headers: { "retry-after": "1" } }), json({})]);
      expect(await ask(world)).toEqual({
        kind: "answered",
        status,
        body: { error: "error 400 failed" },
        retryAfterMs: 1_000,
      });
      expect(world.requests).toHaveLength(1);
      expect(world.clock.pending).toBe(0);
    },
  );

  test("that the network loses is sent once and has no answer", async () => {
    for (const loss of [
      networkError(),
      new Error("ECONNREFUSED"),
      Object.assign(new Error("x"), { name: "AbortError" }),
    ]) {
      const world = make([loss, json({})]);
      expect(await ask(world)).toMatchObject(NO_ANSWER);
      expect(world.requests).toHaveLength(1);
      expect(world.clock.pending).toBe(0);
    }
  });

  test.each([
    ["a page in HTML", () => htmlPage(502), { status: 502, body: undefined }],
    ["nothing", () => new Response(null, { status: 204 }), { status: 204, body: undefined }],
    ["JSON that breaks off", () => new Response('{"queued": tr'), { status: 200, body: undefined }],
    ["JSON that is called text", () => new Response('{"queued":true}'), { status: 200, body: { queued: true } }],
    ["a list", () => json([1, 2]), { status: 200, body: [1, 2] }],
    ["a text in JSON", () => json("done"), { status: 200, body: "done" }],
    ["null", () => json(null), { status: 200, body: null }],
  ])("that is answered with %s gives the status and what could be read", async (_name, answer, expected) => {
    expect(await ask(make([answer()]))).toEqual({ kind: "answered", retryAfterMs: undefined, ...expected });
  });

  test("whose answer breaks off in the middle has no answer", async () => {
    const broken = new ReadableStream({
      pull(controller) {
        controller.error(new Error("connection reset"));
      },
    });
    const world = make([new Response(broken)]);
    expect(await ask(world)).toMatchObject(NO_ANSWER);
    expect(world.clock.pending).toBe(0);
  });

  test.each([
    ["a fetch that ignores the abort", "hang"],
    ["an answer whose body never ends", () => Promise.resolve(new Response(new ReadableStream()))],
    [
      "a fetch that obeys the abort",
      (request: Request) =>
        new Promise<Response>((_resolve, reject) =>
          request.signal.addEventListener("abort", () => reject(new Error("aborted"))),
        ),
    ],
  ] satisfies [string, ScriptedAnswer][])("ends at its deadline on the given clock, with %s", async (_name, answer) => {
    const world = make([answer]);
    const answered = vi.fn<(answer: HttpAnswer) => void>();
    void ask(world).then(answered);
    await vi.waitFor(() => expect(world.requests).toHaveLength(1));
    await world.clock.advance(DEADLINE_MS - 1);
    expect(answered).not.toHaveBeenCalled();
    expect(world.requests[0]?.signal.aborted).toBe(false);
    await world.clock.advance(1);
    expect(answered).toHaveBeenCalledExactlyOnceWith(expect.objectContaining(NO_ANSWER));
    expect(world.requests[0]?.signal.aborted).toBe(true);
    expect(world.clock.pending).toBe(0);
  });

  test("an answer, or a failure, after the deadline is ignored", async () => {
    for (const late of [json({ queued: true }), networkError()]) {
      let settle: () => void = () => undefined;
      const world = make([
        () =>
          new Promise((resolve, reject) => {
            settle = () => (late instanceof Error ? reject(late) : resolve(late));
          }),
      ]);
      const answer = ask(world);
      await vi.waitFor(() => expect(world.requests).toHaveLength(1));
      await world.clock.advance(DEADLINE_MS);
      settle();
      expect(await answer).toMatchObject(NO_ANSWER);
    }
  });

  test("that its caller has aborted already does not go out", async () => {
    const world = make([json({})]);
    const { signal, abort, listening } = countedSignal();
    abort();
    expect(await world.send("get", "api/status", { ...question, signal })).toEqual(NOT_SENT);
    expect(world.requests).toHaveLength(0);
    expect(listening()).toBe(0);
    expect(world.clock.pending).toBe(0);
  });

  test("ends when its caller aborts, even where the fetch ignores it", async () => {
    const world = make(["hang"]);
    const { signal, abort, listening } = countedSignal();
    const answer = world.send("get", "api/status", { ...question, signal });
    await vi.waitFor(() => expect(world.requests).toHaveLength(1));
    expect(listening()).toBe(1);
    abort();
    expect(await answer).toMatchObject(NO_ANSWER);
    expect(world.requests[0]?.signal.aborted).toBe(true);
    expect(listening()).toBe(0);
    expect(world.clock.pending).toBe(0);
  });

  test.each([
    ["an answer", () => json({})],
    ["a 401 and its repeat", () => json({}, { status: 401 })],
    ["a lost request", networkError],
  ] satisfies [string, () => ScriptedAnswer][])(
    "leaves no listener on its caller's signal and no timer after %s",
    async (_name, answer) => {
      const world = make([answer(), json({})]);
      const { signal, listening } = countedSignal();
      for (let times = 0; times < 3; times++) await world.send("get", "api/status", { ...question, signal });
      expect(world.requests.length).toBeGreaterThan(0);
      expect(listening()).toBe(0);
      expect(world.clock.pending).toBe(0);
    },
  );
});

describe("a request that the runtime cannot build", () => {
  /** As `AbortController` of another library: it is no signal of this runtime. */
  class ForeignSignal extends EventTarget {
    readonly aborted = false;
  }

  test("was not sent, and the developer reads why", async () => {
    const Native = globalThis.AbortController;
    class ForeignController {
      readonly signal = new ForeignSignal();
      abort(): void {}
    }
    vi.stubGlobal("AbortController", ForeignController);
    const calls: string[] = [];
    const fetch: typeof globalThis.fetch = async (input, init) => {
      calls.push(new Request(input, init).url);
      return new Response("{}");
    };
    const clock = createTestClock();
    const api = createHttpVideoApi({ http: { baseUrl: "https://app.test", getToken: () => "t", fetch }, clock });
    const result = await api.submit(request, { key: "key-1" });
    vi.unstubAllGlobals();
    expect(globalThis.AbortController).toBe(Native);
    expect(result).toMatchObject({ ok: false, certainty: "not-done", error: { code: "unreachable" } });
    expect(result).toMatchObject({
      error: { details: { reason: expect.stringMatching(/^TypeError: .*AbortSignal/) } },
    });
    expect(calls).toEqual([]);
  });
});
