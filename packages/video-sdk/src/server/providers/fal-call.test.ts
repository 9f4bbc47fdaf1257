// A server without @fal-ai/client: what still works, and what is said of the rest.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createRoutesWorld, GOOD } from "../__fixtures__/routes-world.ts";
import { falProvider } from "./fal-provider.ts";

const KIE_JOB = { model: "kie-wan-2.5", prompt: "a corgi", duration: 5, resolution: "720p" };
const MESSAGE =
  "falProvider() needs the package @fal-ai/client, which cannot be loaded. Install it on the server: npm install @fal-ai/client";

beforeEach(() => {
  vi.doMock("@fal-ai/client", () => {
    throw new Error("Cannot find package '@fal-ai/client'");
  });
});
afterEach(() => {
  vi.doUnmock("@fal-ai/client");
  vi.resetModules();
});

test("a job for fal is refused with the package, what needs it and how to install it", async () => {
  const { generate, fal, events } = createRoutesWorld();
  const error = { code: "not-configured", message: MESSAGE, retryable: false, details: { package: "@fal-ai/client" } };
  const { body, status } = await generate(GOOD);
  expect([status, body.error.code, JSON.stringify(body)]).toEqual([
    500,
    error.code,
    expect.not.stringContaining("fal-ai"),
  ]);
  expect(fal.calls).toEqual([]);
  expect(events.at(-1)).toMatchObject({ type: "request-failed", error, cause: { name: expect.any(String) } });
});

test("every use of fal says so, and none sends anything", async () => {
  const fetch = vi.fn<typeof globalThis.fetch>();
  const fal = falProvider({ credentials: "id:secret", fetch });
  const job = { requestId: "job-0001", endpoint: "fal-ai/veo3.1" };
  const submit = { modelId: "vid-veo-3.1", provider: "fal", endpoint: "fal-ai/veo3.1", input: {} } as const;
  const uses = [fal.submit(submit), fal.status(job), fal.cancel(job), fal.uploadImage?.(new Blob(["x"]))];
  for (const use of uses) await expect(use).rejects.toMatchObject({ code: "not-configured", message: MESSAGE });
  expect(fetch).not.toHaveBeenCalled();
});

test("a job for kie.ai runs to its end", async () => {
  const { generate, status, clock } = createRoutesWorld();
  const { requestId } = (await generate(KIE_JOB)).body;
  clock.jump(60_000);
  expect(await status({ requestId })).toMatchObject({ status: 200, body: { success: true } });
});

test("a job that another provider serves as well goes there", async () => {
  const { generate, kie, events } = createRoutesWorld({ routing: { "kie-wan-2.5": ["fal", "kie"] } });
  expect(await generate(KIE_JOB)).toMatchObject({ status: 200, body: { provider: "kie" } });
  expect(kie.tasks).toHaveLength(1);
  expect(events[1]).toMatchObject({ type: "provider-refused", provider: "fal", error: { message: MESSAGE } });
});

test("a missing key is named before the missing package", async () => {
  const fal = falProvider({ credentials: undefined });
  const job = { requestId: "job-0001", endpoint: "fal-ai/veo3.1" };
  await expect(fal.status(job)).rejects.toMatchObject({ details: { setting: "FAL_KEY" } });
});
