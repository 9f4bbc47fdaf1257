// What Node's HTTP server makes of odd callers, on the wire. The routes of an app that `video-engine init` has written are served by the same file.
import { once } from "node:events";
import { Agent, request as ask, type IncomingMessage } from "node:http";
import { connect } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { serveHttp, type HttpServer, type WebHandler } from "../src/index.ts";

let server: HttpServer;
let handler: WebHandler;
beforeEach(async () => {
  handler = async (request) => new Response(await request.text());
  server = await serveHttp(async (request) => await handler(request), { port: 0, host: "127.0.0.1" });
});
afterEach(async () => {
  await server.close();
});

/** Sends bytes as they are, and returns what comes until the connection ends. */
async function wire(bytes: string): Promise<string> {
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.write(bytes);
  return await text(socket);
}

const statusOf = (answer: string): string => answer.slice("HTTP/1.1 ".length).slice(0, 3);

describe("what the web's Request does not allow is answered", () => {
  test.each(["TRACE / HTTP/1.1", "GET // HTTP/1.1", "GET http://[ HTTP/1.1"])("%s", async (line) => {
    expect(statusOf(await wire(`${line}\r\nhost: x\r\nconnection: close\r\n\r\n`))).toBe("400");
  });
});

describe("a body", () => {
  test("in chunks is put together", async () => {
    const head = "POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n";
    expect(await wire(`${head}3\r\n{"a\r\n4\r\n":1}\r\n0\r\n\r\n`)).toContain('\r\n\r\n{"a":1}');
  });

  test.each([
    ["a length", 'content-length: 100\r\n\r\n{"a":1}'],
    ["chunks", 'transfer-encoding: chunked\r\n\r\n7\r\n{"a":1}\r\n'],
  ])("that breaks off is no whole one, though it could be read: %s", async (_name, rest) => {
    const became = new Promise((resolve) => {
      handler = async (request) => {
        resolve(
          await request.json().then(
            () => "read",
            () => "an error",
          ),
        );
        return new Response();
      };
    });
    const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
    socket.write(`POST / HTTP/1.1\r\nhost: x\r\n${rest}`, () => socket.end());
    expect(await became).toBe("an error");
    socket.destroy();
  });

  test.each([
    ["refuses unread", () => Promise.resolve()],
    [
      "gives up reading",
      async ({ body }: Request) => {
        const reader = body?.getReader();
        await reader?.read();
        await reader?.cancel();
      },
    ],
  ] as const)("that the handler %s is let go of, and the connection can be used again", async (_name, look) => {
    const ports = new Set<number | undefined>();
    handler = async (request) => {
      await look(request);
      return new Response(null, { status: request.method === "POST" ? 413 : 200 });
    };
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const statusAfter = async (method: string, body: Uint8Array): Promise<number | undefined> => {
      const call = ask(server.url, { method, agent });
      call.end(body);
      const [answer] = (await once(call, "response")) as [IncomingMessage];
      ports.add(call.socket?.localPort);
      await text(answer);
      return answer.statusCode;
    };
    const large = new Uint8Array(32 * 1024 * 1024);
    expect([await statusAfter("POST", large), await statusAfter("GET", new Uint8Array())]).toEqual([413, 200]);
    expect(ports.size).toBe(1);
    agent.destroy();
  });
});

test("a handler is told that its caller has gone", async () => {
  const caller = new AbortController();
  const gone = new Promise<void>((resolve) => {
    handler = async ({ signal }) => {
      signal.addEventListener("abort", () => resolve());
      caller.abort();
      await gone;
      return new Response();
    };
  });
  await expect(fetch(server.url, { signal: caller.signal })).rejects.toThrow("aborted");
  await gone;
});

test("a handler whose caller has its answer is told nothing", async () => {
  const signals: AbortSignal[] = [];
  handler = ({ signal }) => Promise.resolve(new Response(String(signals.push(signal))));
  await (await fetch(server.url)).text();
  await (await fetch(server.url)).text();
  expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
});

test("a HEAD has the length of what a GET would bring", async () => {
  handler = () => Promise.resolve(new Response("four"));
  const answer = await fetch(server.url, { method: "HEAD" });
  expect([answer.headers.get("content-length"), await answer.text()]).toEqual(["4", ""]);
});

test("an answer without a body says no length, and one may set several cookies", async () => {
  const headers = new Headers([
    ["set-cookie", "a=1"],
    ["set-cookie", "b=2"],
  ]);
  handler = () => Promise.resolve(new Response(null, { status: 204, headers }));
  const answer = await fetch(server.url);
  expect([answer.status, answer.headers.get("content-length"), answer.headers.getSetCookie()]).toEqual([
    204,
    null,
    ["a=1", "b=2"],
  ]);
});
