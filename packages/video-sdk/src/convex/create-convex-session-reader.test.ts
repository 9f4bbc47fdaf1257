// The reader over each kind of Convex client: what it sends, what it follows, how it reads refusals.
import { getFunctionName, makeFunctionReference } from "convex/server";
import { describe, expect, test, vi } from "vitest";
import type { CallResult, VideoSession } from "../ports.ts";
import type { LiveConvexClient } from "./convex-live-query.ts";
import { createConvexSessionReader } from "./create-convex-session-reader.ts";

const documents = [{ _id: "s1", title: "Corgis", type: "video", createdAt: 1, updatedAt: 2 }];
const session: VideoSession = { id: "s1", title: "Corgis", preview: undefined, createdAt: 1, updatedAt: 2 };
const convexError = (data: unknown) => Object.assign(new Error("refused"), { [Symbol.for("ConvexError")]: true, data });
const refusedWith = (error: object) => ({ ok: false, certainty: "not-done", error });

/** A client that is asked once, as ConvexHttpClient is. */
function httpClient(answer: (name: unknown, args: unknown) => unknown) {
  const client = {
    mutation: vi.fn(async (...call: unknown[]) => answer(call[0], call[1])),
    query: vi.fn(async (...call: unknown[]) => answer(call[0], call[1])),
  };
  return client satisfies LiveConvexClient;
}

/** A client that is watched, as ConvexReactClient is. */
function reactClient() {
  const listeners = new Set<() => void>();
  let local: () => unknown = () => undefined;
  return {
    mutation: vi.fn(async () => "s2"),
    query: vi.fn(async () => local()),
    watchQuery: vi.fn((..._call: unknown[]) => ({
      onUpdate(listener: () => void) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      localQueryResult: () => local(),
    })),
    listeners,
    hold: (result: () => unknown) => void (local = result),
    push(result: () => unknown) {
      local = result;
      for (const listener of listeners) listener();
    },
  };
}

function follow(client: LiveConvexClient) {
  const heard: CallResult<readonly VideoSession[]>[] = [];
  const stop = createConvexSessionReader({ client }).sessions.follow?.((answer) => void heard.push(answer));
  return { heard, stop };
}

describe("over HTTP", () => {
  test("the deployed names are asked, with exactly their arguments", async () => {
    const client = httpClient(() => []);
    const reader = createConvexSessionReader({ client });
    await reader.sessions.read();
    await reader.rows("s1").read();
    expect(client.query.mock.calls).toEqual([
      ["sessions:getUserSessions", {}],
      ["sessions:getSessionGenerations", { sessionId: "s1" }],
    ]);
    expect([reader.sessions.follow, reader.rows("s1").follow]).toEqual([undefined, undefined]);
  });

  test("the app's own references are asked where they are given", async () => {
    const client = httpClient(() => documents);
    const functions = { sessions: { getUserSessions: "a", getSessionGenerations: "b", createSession: "c" } };
    // References are opaque; names stand for them here.
    const reader = createConvexSessionReader({ client, functions: functions as never });
    expect(await reader.sessions.read()).toEqual({ ok: true, value: [session] });
    await reader.create({});
    expect([client.query.mock.calls[0]?.[0], client.mutation.mock.calls[0]?.[0]]).toEqual(["a", "c"]);
  });

  test("nothing is an empty list, and anything but a list is a mismatch that names the function", async () => {
    const answers = async (answer: unknown) =>
      await createConvexSessionReader({ client: httpClient(() => answer) }).sessions.read();
    expect(await answers(null)).toEqual({ ok: true, value: [] });
    expect(await answers({ page: [] })).toMatchObject(
      refusedWith({ code: "protocol-mismatch", message: "getUserSessions answered without a list." }),
    );
  });

  test.each([
    ["a lost answer", () => new TypeError("fetch failed"), { code: "unreachable", retryable: true }],
    [
      "a refusal in the app's words",
      () => convexError({ code: "not_found", message: "No session s1 of this user." }),
      {
        code: "not-found",
        message: "No session s1 of this user.",
      },
    ],
    [
      "no signed-in user",
      () => convexError({ code: "unauthenticated", message: "Not signed in." }),
      {
        code: "not-signed-in",
      },
    ],
  ])("%s is data", async (_, thrown, error) => {
    const client = httpClient(() => {
      throw thrown();
    });
    const reader = createConvexSessionReader({ client });
    expect(await reader.rows("s1").read()).toMatchObject(refusedWith(error));
    expect(await reader.create({})).toMatchObject(refusedWith(error));
  });

  test("the error for a client without query() says what to pass", async () => {
    const client = { mutation: vi.fn(async () => "s1") };
    expect(await createConvexSessionReader({ client }).sessions.read()).toMatchObject(
      refusedWith({ code: "not-configured", message: expect.stringContaining("ConvexReactClient") }),
    );
  });
});

describe("making a session", () => {
  test.each([
    [{}, { type: "video", title: "New session" }],
    [{ title: "Corgis" }, { type: "video", title: "Corgis" }],
    [
      { title: "Corgis", forceNew: true },
      { type: "video", title: "Corgis", forceNew: true },
    ],
    [{ forceNew: false }, { type: "video", title: "New session" }],
  ])("of %j sends %j", async (options, args) => {
    const client = httpClient(() => "s9");
    expect(await createConvexSessionReader({ client }).create(options)).toEqual({ ok: true, value: "s9" });
    expect(client.mutation.mock.calls).toEqual([["sessions:createSession", args, { skipQueue: true }]]);
  });

  test("over a WebSocket sends no options", async () => {
    const client = reactClient();
    expect(await createConvexSessionReader({ client }).create({})).toEqual({ ok: true, value: "s2" });
    expect(client.mutation.mock.calls).toEqual([["sessions:createSession", { type: "video", title: "New session" }]]);
  });

  test("that answers without an id is a mismatch", async () => {
    const reader = createConvexSessionReader({ client: httpClient(() => null) });
    const mismatch = { ok: false, certainty: "unknown", error: { code: "protocol-mismatch" } };
    expect(await reader.create({})).toMatchObject(mismatch);
  });
});

describe("over ConvexReactClient", () => {
  test("a query is followed until it is unsubscribed from", () => {
    const client = reactClient();
    const { heard, stop } = follow(client);
    expect(heard).toEqual([]);
    client.push(() => documents);
    client.push(() => []);
    expect(heard).toEqual([
      { ok: true, value: [session] },
      { ok: true, value: [] },
    ]);
    stop?.();
    expect(client.listeners.size).toBe(0);
  });

  test("what the client knows already is passed on at once", () => {
    const client = reactClient();
    client.hold(() => documents);
    expect(follow(client).heard).toEqual([{ ok: true, value: [session] }]);
  });

  test("a refusal is passed on, now or later, and an answer after it", () => {
    const refuse = () => {
      throw convexError({ code: "unauthenticated", message: "Not signed in." });
    };
    const client = reactClient();
    client.hold(refuse);
    const { heard } = follow(client);
    client.push(() => documents);
    client.push(refuse);
    expect(heard.map(({ ok }) => ok)).toEqual([false, true, false]);
    expect(heard[0]).toMatchObject(refusedWith({ code: "not-signed-in" }));
  });

  test("a client that was closed is a failure, not an exception", async () => {
    const closed = () => {
      throw new Error("ConvexReactClient has already been closed.");
    };
    const client = { ...reactClient(), watchQuery: closed, query: closed };
    const { heard, stop } = follow(client);
    expect(heard).toMatchObject([refusedWith({ code: "internal" })]);
    stop?.();
    expect(await createConvexSessionReader({ client }).sessions.read()).toMatchObject({ ok: false });
  });
});

test("over ConvexClient a query is followed with its errors until it is unsubscribed from", () => {
  const stop = vi.fn();
  const onUpdate = vi.fn((..._call: unknown[]) => stop);
  const followed = follow({ mutation: vi.fn(async () => "s2"), query: vi.fn(async () => []), onUpdate });
  const [reference, args, onAnswer, onError] = onUpdate.mock.calls[0] ?? [];
  expect([reference, args]).toEqual(["sessions:getUserSessions", {}]);
  (onAnswer as (answer: unknown) => void)(documents);
  (onError as (error: Error) => void)(convexError("Not now."));
  expect(followed.heard).toMatchObject([
    { ok: true, value: [session] },
    refusedWith({ code: "internal", message: "Not now." }),
  ]);
  followed.stop?.();
  expect(stop).toHaveBeenCalledTimes(1);
});

describe("what only some backends have", () => {
  const edits = {
    renameSession: makeFunctionReference<"mutation">("sessions:renameSession"),
    deleteSession: makeFunctionReference<"mutation">("sessions:deleteSession"),
    deleteVideo: makeFunctionReference<"mutation">("sessions:deleteGeneration"),
  };

  test("without its functions the reader has no such method", () => {
    const { rename, remove, removeRow } = createConvexSessionReader({ client: httpClient(() => null) });
    expect([rename, remove, removeRow]).toEqual([undefined, undefined, undefined]);
  });

  test("each is called with its arguments", async () => {
    const client = httpClient(() => null);
    const reader = createConvexSessionReader({ client, ...edits });
    const done = { ok: true, value: undefined };
    expect(await reader.rename?.("s1", "Foxes")).toEqual(done);
    expect(await reader.remove?.("s1")).toEqual(done);
    expect(await reader.removeRow?.("r1")).toEqual(done);
    expect(
      client.mutation.mock.calls.map(([reference, args]) => [
        getFunctionName(reference as typeof edits.deleteVideo),
        args,
      ]),
    ).toEqual([
      ["sessions:renameSession", { sessionId: "s1", title: "Foxes" }],
      ["sessions:deleteSession", { sessionId: "s1" }],
      ["sessions:deleteGeneration", { generationId: "r1" }],
    ]);
  });

  test("a function that throws, or says no, has refused", async () => {
    const thrown = httpClient(() => Promise.reject(convexError({ code: "conflict" })));
    expect(await createConvexSessionReader({ client: thrown, ...edits }).remove?.("s1")).toMatchObject({ ok: false });
    const no = httpClient(() => ({ success: false, message: "Not yet." }));
    const answer = await createConvexSessionReader({ client: no, ...edits }).rename?.("s1", "Foxes");
    expect(answer).toMatchObject({ ok: false, error: { message: "Not yet." } });
  });
});
