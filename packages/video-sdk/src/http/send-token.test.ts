// The token of a request: asked for anew every time, waited for so long and no longer, and forced to be new once after a 401.
import { describe, expect, test, vi } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { json, networkError, scriptFetch } from "./__fixtures__/script-fetch.ts";
import {
  ask,
  byAddress,
  countedSignal,
  DEADLINE_MS,
  NO_ANSWER,
  NOT_SENT,
  NOT_SIGNED_IN,
  question,
} from "./__fixtures__/send-world.ts";
import { createSend, type HttpAddress, type HttpAnswer } from "./send.ts";

const TOKEN_DEADLINE_MS = 10_000;

describe("the token", () => {
  test("is asked for anew before every request", async () => {
    const world = byAddress([json({}), json({}), json({})]);
    for (let times = 0; times < 3; times++) await ask(world);
    expect(world.requests.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer token-1",
      "Bearer token-2",
      "Bearer token-3",
    ]);
  });

  test("is asked of the object it belongs to", async () => {
    class Session {
      readonly baseUrl = "https://app.test";
      readonly fetch = scripted.fetch;
      readonly token = "of-the-session";
      getToken(): string {
        return this.token;
      }
    }
    const scripted = scriptFetch(json({}));
    await createSend(new Session(), createTestClock())("get", "api/status", question);
    expect(scripted.requests[0]?.headers.get("authorization")).toBe("Bearer of-the-session");
  });

  test("may come late, as long as it comes in time", async () => {
    const clock = createTestClock();
    const scripted = scriptFetch(json({}));
    const getToken = () =>
      new Promise<string>((resolve) => void clock.setTimeout(() => resolve("late"), TOKEN_DEADLINE_MS - 1));
    const answer = createSend({ baseUrl: "https://app.test", getToken, fetch: scripted.fetch }, clock)(
      "get",
      "api/status",
      question,
    );
    await clock.advance(TOKEN_DEADLINE_MS - 1);
    expect(await answer).toMatchObject({ status: 200 });
    expect(clock.pending).toBe(0);
  });

  test.each([
    ["null", () => null],
    ["null, later", () => Promise.resolve(null)],
  ])("%s means not signed in, and no request goes out", async (_, getToken) => {
    const world = byAddress([json({})], { getToken });
    expect(await ask(world)).toEqual(NOT_SIGNED_IN);
    expect(world.requests).toHaveLength(0);
    expect(world.clock.pending).toBe(0);
  });

  test.each([
    ["an empty text", () => ""],
    ["undefined, as from a caller without types", () => undefined as never],
    [
      "a throw",
      () => {
        throw new Error("no session");
      },
    ],
    ["a rejection", () => Promise.reject(new Error("no session"))],
  ])("%s says nothing of the user: no request goes out, and the reason is named", async (_, getToken) => {
    const world = byAddress([json({})], { getToken });
    expect(await ask(world)).toMatchObject({ ...NOT_SENT, reason: expect.stringContaining("getToken") });
    expect(world.requests).toHaveLength(0);
    expect(world.clock.pending).toBe(0);
  });

  test("that never comes ends the request after 10 s, and no request goes out, even if it comes after all", async () => {
    let come: (token: string) => void = () => undefined;
    const world = byAddress([json({})], { getToken: () => new Promise((resolve) => (come = resolve)) });
    const answered = vi.fn<(answer: HttpAnswer) => void>();
    void ask(world).then(answered);
    await world.clock.advance(TOKEN_DEADLINE_MS - 1);
    expect(answered).not.toHaveBeenCalled();
    await world.clock.advance(1);
    expect(answered).toHaveBeenCalledWith(expect.objectContaining(NOT_SENT));
    come("token");
    await world.clock.advance(60_000);
    expect(world.requests).toHaveLength(0);
    expect(world.clock.pending).toBe(0);
  });

  test("refused with 401 is forced to be new, and the request is repeated once", async () => {
    const getToken = vi.fn<HttpAddress["getToken"]>(({ isForced }) => (isForced ? "new" : "old"));
    const world = byAddress([json({ error: "expired" }, { status: 401 }), json({ queued: true })], { getToken });
    expect(await ask(world)).toMatchObject({ status: 200, body: { queued: true } });
    expect(getToken.mock.calls).toEqual([[{ isForced: false }], [{ isForced: true }]]);
    expect(world.requests.map(({ headers }) => headers.get("authorization"))).toEqual(["Bearer old", "Bearer new"]);
    expect(world.clock.pending).toBe(0);
  });

  test("a repeated POST carries the same body and headers", async () => {
    const { send, requests } = byAddress([json({}, { status: 401 }), json({})]);
    const headers = { "idempotency-key": "key-1" };
    await send("post", "api/generate", { json: { prompt: "a corgi" }, headers, deadlineMs: DEADLINE_MS });
    for (const request of requests) {
      expect(request.headers.get("idempotency-key")).toBe("key-1");
      expect(await request.json()).toEqual({ prompt: "a corgi" });
    }
    expect(requests).toHaveLength(2);
  });

  test("refused twice is an answer like any other", async () => {
    const world = byAddress([json({}, { status: 401 }), json({}, { status: 401 }), json({})]);
    expect(await ask(world)).toMatchObject({ kind: "answered", status: 401 });
    expect(world.requests).toHaveLength(2);
  });

  test("refused and then gone means not signed in", async () => {
    const getToken = ({ isForced }: { isForced: boolean }) => (isForced ? null : "old");
    const world = byAddress([json({}, { status: 401 }), json({})], { getToken });
    expect(await ask(world)).toEqual(NOT_SIGNED_IN);
    expect(world.requests).toHaveLength(1);
  });

  test("refused, and no answer to the repeat, is no answer", async () => {
    const world = byAddress([json({}, { status: 401 }), networkError()]);
    expect(await ask(world)).toMatchObject(NO_ANSWER);
  });
});

describe("an abort while the token is on its way", () => {
  test("keeps the request from going out", async () => {
    let come: (token: string) => void = () => undefined;
    const world = byAddress([json({})], { getToken: () => new Promise((resolve) => (come = resolve)) });
    const { signal, abort, listening } = countedSignal();
    const answer = world.send("get", "api/status", { ...question, signal });
    abort();
    come("token");
    expect(await answer).toMatchObject(NOT_SENT);
    expect(world.requests).toHaveLength(0);
    expect(listening()).toBe(0);
    expect(world.clock.pending).toBe(0);
  });
});
