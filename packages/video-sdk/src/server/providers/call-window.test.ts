// A provider's limit of new tasks is kept before it has to refuse.
import { expect, test } from "vitest";
import { createFakeKie } from "../../testing/providers/fake-kie.ts";
import { createProviderFetch } from "../../testing/providers/create-provider-fetch.ts";
import { createCallWindow } from "./call-window.ts";
import { kieProvider } from "./kie-provider.ts";

test("there is room again when the oldest call leaves the window", () => {
  let now = 0;
  const window = createCallWindow({ most: 2, windowMs: 100, now: () => now });
  expect([window.take(), window.take(), window.take()]).toEqual([0, 0, 100]);
  now = 60;
  expect(window.take()).toBe(40);
  now = 100;
  expect([window.take(), window.take(), window.take()]).toEqual([0, 0, 100]);
});

test("a clock that was set back does not lock the window", () => {
  let now = 1_000_000;
  const window = createCallWindow({ most: 1, windowMs: 100, now: () => now });
  expect(window.take()).toBe(0);
  now = 0;
  expect(window.take()).toBe(0);
});

test("kie is sent 20 creates in 10 s and no more: the next is refused here, with the time to wait", async () => {
  let now = 1_000_000;
  const kie = createFakeKie({ now: () => now });
  const provider = kieProvider({ apiKey: "key", fetch: createProviderFetch([kie]), now: () => now });
  const input = { prompt: "a corgi", duration: "5", resolution: "720p" };
  const submit = () =>
    provider.submit({ provider: "kie", endpoint: "wan/2-5-text-to-video", input, modelId: "kie-wan-2.5" });
  for (let create = 0; create < 20; create++) await submit();
  await expect(submit()).rejects.toMatchObject({ code: "rate-limited", retryAfterMs: 10_000 });
  expect(kie.calls).toHaveLength(20);
  now += 10_000;
  await expect(submit()).resolves.toMatchObject({ kind: "accepted" });
});
