// What comes back from our own routes and is no answer of theirs: a redirect, which is not followed, and more than a megabyte, which is not read.
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import ky from "ky";
import { afterEach, describe, expect, test, vi } from "vitest";
import { systemClock } from "../platform/system.ts";
import { openHttp, request as wanted } from "./__fixtures__/http-world.ts";
import { createHttpVideoApi } from "./create-http-video-api.ts";
import type { HttpResponse } from "./fetch-request.ts";
import { readText } from "./read-text.ts";
import type { Http } from "./send.ts";

const MAX = 1_000_000;
let server: Server | undefined;
afterEach(() => void server?.close());

/** A server that redirects every request to another path of it, and the paths that were asked for. */
async function redirecting(status: number) {
  const asked: string[] = [];
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url?.split("?")[0]}`);
    response.writeHead(status, { location: "/elsewhere" }).end('{"queued":true,"requestId":"elsewhere"}');
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port was given.");
  return { asked, baseUrl: `http://127.0.0.1:${address.port}` };
}

describe.each([301, 302, 303, 307, 308])("a redirect by %i", (status) => {
  test.each([
    ["the runtime's fetch", (baseUrl: string): Http => ({ baseUrl, getToken: () => "token" })],
    ["the app's ky", (baseUrl: string): Http => ky.create({ prefix: baseUrl })],
  ])("is not followed by %s: the token and the paid submit go nowhere else", async (_, httpOf) => {
    const { asked, baseUrl } = await redirecting(status);
    const api = createHttpVideoApi({ http: httpOf(baseUrl), clock: systemClock });
    const said = { code: "unreachable", details: { reason: "the route redirects" } };
    expect(await api.submit(wanted, { key: "key-0001" })).toMatchObject({
      ok: false,
      certainty: "unknown",
      error: said,
    });
    const question = { job: { requestId: "job-1" }, model: wanted.model } as const;
    expect(await api.status(question, new AbortController())).toMatchObject({ ok: false, error: said });
    expect(asked).toEqual(["POST /api/mobile/generate-video", "GET /api/mobile/video-status"]);
  });
});

test("a redirect as a browser shows it, without a status, is no answer either", async () => {
  const hidden = { status: 0, headers: new Headers(), body: null, text: async () => "" };
  const http = { baseUrl: "https://app.test", getToken: () => "t", fetch: async () => hidden };
  const api = createHttpVideoApi({ http, clock: systemClock });
  expect(await api.submit(wanted, { key: "key-1" })).toMatchObject({
    certainty: "unknown",
    error: { code: "unreachable" },
  });
});

describe("an answer above 1 MB", () => {
  /** An answer in chunks that never ends, and how many were taken. */
  function endless() {
    const pull = vi.fn<(controller: ReadableStreamDefaultController<Uint8Array>) => void>((controller) =>
      controller.enqueue(new Uint8Array(100_000).fill(0x20)),
    );
    const cancel = vi.fn<() => void>();
    return { pull, cancel, body: new ReadableStream({ pull, cancel }, { highWaterMark: 0 }) };
  }

  test("is read no further, and its connection is let go", async () => {
    const { pull, cancel, body } = endless();
    expect(await readText(new Response(body))).toBe("");
    // The stream may be one chunk ahead of what was counted.
    expect(pull.mock.calls.length).toBeLessThanOrEqual(12);
    expect(cancel).toHaveBeenCalledOnce();
  });

  test("is not read at all where its length says so", async () => {
    const { pull, body } = endless();
    expect(await readText(new Response(body, { headers: { "content-length": String(MAX + 1) } }))).toBe("");
    const text = vi.fn<() => Promise<string>>();
    const withoutStream: HttpResponse = { status: 200, headers: new Headers({ "content-length": "1e9" }), text };
    expect(await readText(withoutStream)).toBe("");
    expect([pull.mock.calls, text.mock.calls]).toEqual([[], []]);
  });

  test("to a submit makes its outcome unknown, to a question none; an error's status still counts", async () => {
    const long = (status: number) => new Response(endless().body, { status });
    expect(await openHttp([long(200)]).submit()).toMatchObject({ ok: false, certainty: "unknown" });
    expect(await openHttp([long(200)]).status()).toMatchObject({ ok: false, certainty: "not-done" });
    expect(await openHttp([long(503)]).status()).toMatchObject({ ok: false, error: { code: "unreachable" } });
  });
});

describe("an answer of up to 1 MB is read whole", () => {
  test.each([
    ["of exactly so many bytes", "x".repeat(MAX)],
    ["of none", ""],
    ["with letters that are cut between two chunks", "é🎬".repeat(1000)],
  ])("%s", async (_, said) => {
    const bytes = new TextEncoder().encode(said);
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (let at = 0; at < bytes.length; at += 997) controller.enqueue(bytes.subarray(at, at + 997));
        controller.close();
      },
    });
    expect(await readText(new Response(body))).toBe(said);
    expect(await readText(new Response(said))).toBe(said);
  });

  test.each([
    ["no stream", undefined],
    ["an empty body", null],
    ["a stream of another kind", {}],
  ])("where the runtime has %s", async (_, body) => {
    const response = {
      status: 200,
      headers: new Headers(),
      text: async () => "{}",
      ...(body === undefined ? {} : { body }),
    };
    expect(await readText(response)).toBe("{}");
  });
});
