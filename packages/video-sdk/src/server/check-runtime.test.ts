// What a runtime lacks is found when the routes are built, and what they can do without is not needed.
import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createRoutesWorld, GOOD } from "./__fixtures__/routes-world.ts";
import { createRehost } from "./rehost/create-rehost.ts";

afterEach(() => {
  vi.unstubAllGlobals();
});

/** Takes a global, or a member of one, from the runtime until the test ends. */
function take(path: string): void {
  const [first = "", ...rest] = path.split(".");
  vi.stubGlobal(first, without(Reflect.get(globalThis, first), rest));
}

/** The same without the member at the end of a path. Members that are methods need no owner here: nothing calls them. */
function without(owner: unknown, [name, ...rest]: readonly string[]): unknown {
  if (name === undefined) return undefined;
  return new Proxy(Object(owner), {
    get: (target: object, key) => (key === name ? without(Reflect.get(target, key), rest) : Reflect.get(target, key)),
  });
}

describe("a runtime that lacks", () => {
  test.each([
    ...["AbortController", "Blob", "Headers", "ReadableStream", "Request", "TextDecoder", "TextEncoder", "URL"],
    ...["URLSearchParams", "atob", "btoa", "fetch", "crypto.subtle", "Response.json"],
    ...["crypto.subtle.importKey", "crypto.subtle.sign", "crypto.subtle.verify", "crypto.subtle.digest"],
    ...["crypto.getRandomValues", "crypto.randomUUID"],
  ])("%s is refused when the routes are built, and the error names it", (path) => {
    take(path);
    expect(() => createRoutesWorld()).toThrow(
      expect.objectContaining({ code: "not-configured", message: expect.stringContaining(path) }),
    );
  });

  test("streams that change what passes is refused when copies are built", () => {
    vi.stubGlobal("TransformStream", undefined);
    const storage = { presign: vi.fn() };
    expect(() => createRehost({ storage, fetch, allowedHosts: [] })).toThrow("createRehost() needs TransformStream");
  });
});

test("a job is paid for and asked about to its end without AbortSignal.any, AbortSignal.timeout, URL.parse and URL.canParse", async () => {
  for (const [owner, name] of [
    [AbortSignal, "any"],
    [AbortSignal, "timeout"],
    [URL, "parse"],
    [URL, "canParse"],
  ] as const) {
    const given = Reflect.get(owner, name);
    Reflect.set(owner, name, undefined);
    onTestFinished(() => void Reflect.set(owner, name, given));
  }
  const { generate, status, cancel, clock } = createRoutesWorld();
  const { requestId } = (await generate(GOOD)).body;
  expect(await status({ requestId })).toMatchObject({ status: 200, body: { queued: true } });
  clock.jump(60_000);
  expect(await status({ requestId, wait: "20" })).toMatchObject({ status: 200, body: { success: true } });
  expect((await cancel({ requestId })).status).toBe(200);
});
