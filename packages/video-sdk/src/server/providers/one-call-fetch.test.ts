import { createFalClient } from "@fal-ai/client";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createFakeFal } from "../../testing/providers/fake-fal.ts";
import { createProviderFetch } from "../../testing/providers/create-provider-fetch.ts";
import { createOneCallFetch } from "./one-call-fetch.ts";
import type { Fetch } from "./provider-answer.ts";

afterEach(() => vi.useRealTimers());

describe("createOneCallFetch", () => {
  test("lets one call pass and keeps its answer, whatever its status, of which the client gets the status alone", async () => {
    const once = createOneCallFetch(async () => Response.json({ detail: "busy" }, { status: 503 }));
    expect(once.answer()).toBeUndefined();
    const response = await once.fetch("https://provider.example/");
    expect([response.status, await response.text()]).toEqual([503, ""]);
    expect(once.answer()).toMatchObject({ isReached: true, status: 503, body: { detail: "busy" } });
    expect(once.over.aborted).toBe(true);
  });

  test("refuses a second call with an AbortError and keeps the first answer", async () => {
    const fetch = vi.fn<Fetch>(async () => new Response("<html>", { status: 502 }));
    const once = createOneCallFetch(fetch);
    await once.fetch("https://provider.example/");
    await expect(once.fetch("https://provider.example/")).rejects.toMatchObject({ name: "AbortError" });
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(once.answer()).toMatchObject({ status: 502, body: undefined });
  });

  test("keeps why a call failed, also when its body breaks off", async () => {
    const reset = new TypeError("fetch failed");
    const broken = new ReadableStream({ start: (controller) => controller.error(reset) });
    for (const fetch of [() => Promise.reject(reset), async () => new Response(broken)] satisfies Fetch[]) {
      const once = createOneCallFetch(fetch);
      await expect(once.fetch("https://provider.example/")).rejects.toBe(reset);
      expect(once.answer()).toEqual({ isReached: false, cause: reset });
    }
  });

  test("hands the caller's signal to the network, never the client's", async () => {
    const fetch = vi.fn<Fetch>(async () => new Response());
    const { signal } = new AbortController();
    await createOneCallFetch(fetch, signal).fetch("https://x.example/", { signal: AbortSignal.abort() });
    expect(fetch.mock.calls[0]?.[1]?.signal).toBe(signal);
  });
});

test("without the guard the fal client sends a paid POST four times, its retry settings notwithstanding", async () => {
  vi.useFakeTimers();
  const fal = createFakeFal({
    now: () => 0,
    script: () => ({ submit: { fault: { kind: "network", code: "ECONNRESET" }, accepted: true } }),
  });
  const client = createFalClient({ credentials: "key", fetch: createProviderFetch([fal]), retry: { maxRetries: 0 } });
  const submit = client.queue.submit("fal-ai/veo3.1", { input: { prompt: "" } }).catch((error: unknown) => error);
  await vi.advanceTimersByTimeAsync(120_000);
  await submit;
  expect(fal.jobs).toHaveLength(4);
});
