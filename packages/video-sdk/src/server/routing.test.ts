import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { VIDEO_MODEL_IDS, VIDEO_MODELS } from "@video-engine/video-models";
import { describe, expect, test } from "vitest";
import { createRoutesWorld } from "./__fixtures__/routes-world.ts";
import { checkRouting, jobTargetsOf, type VideoJobTarget } from "./routing.ts";

const TARGET: VideoJobTarget = { provider: "fal", endpoint: "vendor/app/fast", toInput: ({ prompt }) => ({ prompt }) };

describe("jobTargetsOf", () => {
  test("is the registry's order where the app says nothing", () => {
    for (const modelId of Object.values(VIDEO_MODEL_IDS)) {
      const providers = jobTargetsOf(modelId).map(({ provider }) => provider);
      expect(providers).toEqual(VIDEO_MODELS[modelId].providers);
    }
  });

  test("is the app's order for its own models only", () => {
    const routing = { "vid-kling-2.6-pro": ["fal"] } as const;
    expect(jobTargetsOf("vid-kling-2.6-pro", routing)).toMatchObject([{ provider: "fal" }]);
    expect(jobTargetsOf("kie-wan-2.5", routing)).toHaveLength(2);
  });

  test("a target of the app's is asked for its jobs under its own endpoint", () => {
    const [target] = jobTargetsOf("vid-lucy-lite", { "vid-lucy-lite": [TARGET] });
    expect(target?.statusEndpoint).toBe("vendor/app/fast");
    const request = { model: "vid-lucy-lite", prompt: "hi", attachmentImageUrl: "https://x.example/a.png" } as const;
    expect(target?.toJob(request)).toEqual({ provider: "fal", endpoint: "vendor/app/fast", input: { prompt: "hi" } });
  });
});

describe("checkRouting", () => {
  test("takes none, and lists that name each provider once", () => {
    expect(() => checkRouting()).not.toThrow();
    expect(() => checkRouting({ "kie-wan-2.5": ["fal", "kie"], "vid-lucy-lite": [TARGET, "wavespeed"] })).not.toThrow();
  });

  test.each([[[]], [["fal", "fal"] as const], [["fal", TARGET] as const]])(
    "refuses %j, naming the model",
    (entries) => {
      expect(() => checkRouting({ "vid-lucy-lite": entries })).toThrow(/vid-lucy-lite/);
    },
  );
});

describe("the routes", () => {
  const wan = { model: "kie-wan-2.5", prompt: "a corgi", duration: 5, resolution: "720p", aspectRatio: "16:9" };

  test("go on with the provider that took the job, and log the one that did not", async () => {
    const { generate, status, cancel, kie, fal, events, clock } = createRoutesWorld();
    kie.playNext("create-429");
    const { body } = await generate(wan);
    expect(body).toMatchObject({ queued: true, provider: "fal" });
    expect([kie.tasks.length, fal.jobs.length]).toEqual([0, 1]);
    expect(events).toMatchObject([
      { type: "submit-begun", provider: "kie" },
      {
        type: "provider-refused",
        userId: "u1",
        modelId: wan.model,
        provider: "kie",
        error: { code: "rate-limited" },
        next: "fal",
      },
      { type: "submit-begun", provider: "fal" },
      { type: "job-accepted", provider: "fal" },
    ]);
    await clock.advance(500);
    expect((await status({ requestId: body.requestId })).body).toMatchObject({ queued: true, status: "running" });
    expect((await cancel({ requestId: body.requestId })).body).toEqual({ canceled: "requested" });
  });

  test("ask for an app's own job under its own endpoint", async () => {
    const routing = { "vid-lucy-lite": [TARGET] };
    const { generate, status, fal } = createRoutesWorld({ routing });
    const lucy = { model: "vid-lucy-lite", prompt: "a corgi", attachmentImageUrl: "https://x.example/a.png" };
    const { requestId } = (await generate(lucy)).body;
    expect((await status({ requestId })).body).toMatchObject({ queued: true });
    expect(fal.calls.map((call) => call.replace(/requests.*/, ""))).toEqual([
      "POST https://queue.fal.run/vendor/app/fast",
      "GET https://queue.fal.run/vendor/app/",
    ]);
  });

  test("are no proxy: a header that names a target changes nothing", async () => {
    const { generate, fal } = createRoutesWorld();
    const target = "https://queue.fal.run/evil/app";
    await generate(
      { model: "vid-veo-3.1", prompt: "a corgi", duration: 8, aspectRatio: "16:9", resolution: "720p" },
      { headers: { "x-fal-target-url": target, "x-fal-runner-hint": "evil", "x-fal-queue-priority": "low" } },
    );
    expect(fal.calls).toEqual(["POST https://queue.fal.run/fal-ai/veo3.1"]);
  });

  test("are not built with a routing that cannot work", () => {
    expect(() => createRoutesWorld({ routing: { "vid-lucy-lite": [] } })).toThrow("vid-lucy-lite");
  });
});

test("only the files of a provider know it by name, so a new one changes no route", () => {
  const files = globSync("**/*.ts", { cwd: import.meta.dirname });
  const routes = files.filter(
    (path) => !/\.test\.ts$|__fixtures__|^index\.ts$|^providers\/(?:fal|kie|wavespeed|openrouter)-/.test(path),
  );
  expect(routes.length).toBeGreaterThan(20);
  const knowing = routes.filter((path) =>
    /"(?:fal|kie|wavespeed|openrouter)"/.test(readFileSync(join(import.meta.dirname, path), "utf8")),
  );
  expect(knowing).toEqual([]);
});
