import { describe, expect, test } from "vitest";
import { createTestClock } from "../testing/test-clock.ts";
import { readJsonBody as read } from "./read-body.ts";
import { createWaitFor } from "./wait-limits.ts";

const readJsonBody = async (request: Request, maxBytes: number) =>
  await read(request, { maxBytes, waitFor: createWaitFor(createTestClock()) });

const requestOf = (body: BodyInit | null, headers: HeadersInit = {}) =>
  new Request("https://app.example/", { method: "POST", body, headers });

// A body in chunks of `size` bytes that counts how many were taken.
function streamOf(size: number, chunks: number) {
  const taken = { count: 0 };
  const stream = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        if (taken.count === chunks) return controller.close();
        taken.count += 1;
        controller.enqueue(new Uint8Array(size).fill(0x20));
      },
    },
    { highWaterMark: 0 },
  );
  // `duplex` is asked for by Node and not in the types.
  const init: RequestInit & { duplex: "half" } = { method: "POST", body: stream, duplex: "half" };
  return { request: new Request("https://app.example/", init), taken };
}

describe("readJsonBody", () => {
  test("gives the JSON", async () => {
    expect(await readJsonBody(requestOf('{"a":"é"}'), 10)).toEqual({ a: "é" });
  });

  test("a body of exactly the limit passes, one byte more does not", async () => {
    await expect(readJsonBody(requestOf('"123"'), 5)).resolves.toBe("123");
    await expect(readJsonBody(requestOf('"1234"'), 5)).rejects.toMatchObject({ code: "too-large" });
  });

  test("a body announced as too large is not read", async () => {
    const { request, taken } = streamOf(10, 3);
    request.headers.set("content-length", "101");
    await expect(readJsonBody(request, 100)).rejects.toMatchObject({ code: "too-large", details: { maxBytes: 100 } });
    expect(taken.count).toBe(0);
  });

  test("a body that turns out too large is read no further", async () => {
    const { request, taken } = streamOf(10, 1000);
    await expect(readJsonBody(request, 100)).rejects.toMatchObject({ code: "too-large" });
    expect(taken.count).toBe(11);
  });

  test.each(["", "nonsense", "{", "'a'"])("%j is not JSON", async (body) => {
    await expect(readJsonBody(requestOf(body), 100)).rejects.toMatchObject({ code: "invalid-request" });
  });

  test("a request without a body is not JSON either", async () => {
    await expect(readJsonBody(requestOf(null), 100)).rejects.toMatchObject({ code: "invalid-request" });
  });
});
