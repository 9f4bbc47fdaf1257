// How fal's keys are fetched when several webhooks want them at once. What they are good for: webhooks/webhook-route.test.ts.
import { sign } from "node:crypto";
import { expect, test, vi } from "vitest";
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

test("nothing is fetched for a webhook that nobody waits for any more", async () => {
  const fetch = vi.fn<Fetch>();
  await expect(createFalWebhookKeys(() => fetch).verify(signed, at(AbortSignal.abort()))).rejects.toThrow("aborted");
  expect(fetch).not.toHaveBeenCalled();
});
