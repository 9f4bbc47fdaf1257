// How fal's keys are fetched when several webhooks want them at once. What they are good for: webhooks/webhook-route.test.ts.
import { sign } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createFalKey } from "../webhooks/__fixtures__/sign-webhook.ts";
import { createFalWebhookKeys } from "./fal-webhook-keys.ts";
import type { Fetch } from "./provider-answer.ts";

const key = createFalKey();
const message = new TextEncoder().encode("signed by fal");
const signed = { message, signature: Uint8Array.from(sign(null, message, key.privateKey)) };
const at = (signal = new AbortController().signal) => ({ nowMs: 0, signal });

test("webhooks that arrive together share one fetch", async () => {
  const fetch = vi.fn<Fetch>(async () => Response.json({ keys: [key.jwk] }));
  const { verify } = createFalWebhookKeys(() => fetch);
  expect(await Promise.all([verify(signed, at()), verify(signed, at())])).toEqual([true, true]);
  expect(fetch.mock.calls).toMatchObject([
    ["https://rest.fal.ai/.well-known/jwks.json", { signal: expect.any(AbortSignal) }],
  ]);
});

test("a fetch that was given up is not waited for by the next webhook", async () => {
  const answers = [() => new Promise<Response>(() => undefined), async () => Response.json({ keys: [key.jwk] })];
  const { verify } = createFalWebhookKeys(
    () => async () => await (answers.shift()?.() ?? Promise.reject(new TypeError())),
  );
  const waiting = new AbortController();
  void verify(signed, at(waiting.signal));
  waiting.abort();
  expect(await verify(signed, at())).toBe(true);
});

test("nothing is fetched for a webhook that was given up", async () => {
  const fetch = vi.fn<Fetch>();
  await expect(createFalWebhookKeys(() => fetch).verify(signed, at(AbortSignal.abort()))).rejects.toThrow("aborted");
  expect(fetch).not.toHaveBeenCalled();
});

describe("keys that cannot be fetched", () => {
  const down = async () => new Response("", { status: 503 });
  const found = async () => Response.json({ keys: [key.jwk] });
  const reset = () => Promise.reject(new TypeError("fetch failed"));

  function fetchOf(...answers: (() => Promise<Response>)[]) {
    const fetch = vi.fn<Fetch>(
      async () => await (answers.shift()?.() ?? Promise.reject(new Error("Asked too often."))),
    );
    return { fetch, ...createFalWebhookKeys(() => fetch) };
  }

  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test.each([
    ["behind a 503", down],
    ["over a dropped connection", reset],
  ])("%s are asked for again after 1 s and 2 s more", async (_, failing) => {
    const { fetch, verify } = fetchOf(failing, failing, found);
    const verified = verify(signed, at());
    await vi.advanceTimersByTimeAsync(3000);
    expect(await verified).toBe(true);
    expect([fetch.mock.calls.length, vi.getTimerCount()]).toEqual([3, 0]);
  });

  test("are asked for three times in all", async () => {
    const { fetch, verify } = fetchOf(down, down, down);
    const outcome = verify(signed, at()).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await outcome).toMatchObject({ code: "provider-unavailable" });
    expect([fetch.mock.calls.length, vi.getTimerCount()]).toEqual([3, 0]);
  });

  test.each([
    ["a page that is gone", async () => new Response("", { status: 404 })],
    ["a list without keys", async () => Response.json({ keys: [] })],
    ["a Retry-After beyond 5 s", async () => new Response("", { status: 429, headers: { "retry-after": "6" } })],
  ])("because of %s are asked for once", async (_, answer) => {
    const { fetch, verify } = fetchOf(answer);
    await expect(verify(signed, at())).rejects.toMatchObject({ code: "provider-unavailable", retryable: true });
    expect([fetch.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0]);
  });

  test("are fetched once for 100 forgeries in a row, and again 10 s later", async () => {
    const { fetch, verify } = fetchOf(async () => new Response("", { status: 404 }), found);
    for (let turn = 0; turn < 100; turn += 1) {
      const forged = verify({ ...signed, message: new Uint8Array([turn]) }, { ...at(), nowMs: turn * 100 });
      await expect(forged).rejects.toMatchObject({ code: "provider-unavailable", retryable: true });
    }
    expect(fetch).toHaveBeenCalledOnce();
    expect(await verify(signed, { ...at(), nowMs: 10_000 })).toBe(true);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("are fetched once for 100 forgeries at the same time", async () => {
    const { fetch, verify } = fetchOf(down, down, down);
    const forgeries = Array.from({ length: 100 }, () => verify(signed, at()).catch((error: unknown) => error));
    await vi.advanceTimersByTimeAsync(3000);
    for (const outcome of await Promise.all(forgeries)) expect(outcome).toMatchObject({ code: "provider-unavailable" });
    expect(fetch).toHaveBeenCalledTimes(3);
  });

  test("do not stop a webhook that a known key has signed", async () => {
    const { fetch, verify } = fetchOf(found, async () => new Response("", { status: 404 }));
    expect(await verify(signed, at())).toBe(true);
    for (const nowMs of [60_000, 60_001, 69_999]) {
      const forged = verify({ ...signed, message: new Uint8Array([1]) }, { ...at(), nowMs });
      await expect(forged).rejects.toMatchObject({ code: "provider-unavailable" });
      expect(await verify(signed, { ...at(), nowMs })).toBe(true);
    }
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test("are not asked for again once the webhook is given up", async () => {
    const { fetch, verify } = fetchOf(down);
    const waiting = new AbortController();
    const outcome = verify(signed, at(waiting.signal)).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(500);
    waiting.abort();
    expect(await outcome).toMatchObject({ code: "provider-unavailable" });
    expect([fetch.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0]);
  });
});
