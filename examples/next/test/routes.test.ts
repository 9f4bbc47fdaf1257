// What the route files are made of: providers with their keys, storage, webhooks, methods, and settings that are all explained.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test, vi } from "vitest";
import { mintToken } from "./support/session-tokens.ts";
import { GOOD, setUp, type Sender } from "./support/set-up.ts";

/** kie is asked first. */
const KLING = { model: "vid-kling-2.6-pro", prompt: "a corgi surfing", aspectRatio: "16:9", duration: 10 };

const signedIn = async (): Promise<Sender> => ({ authorization: `Bearer ${await mintToken()}` });

describe("a missing setting", () => {
  test.each([
    ["FAL_KEY", "generate-video", GOOD],
    ["KIE_API_KEY", "generate-video", KLING],
    ["VIDEO_SIGNING_SECRET", "generate-video", GOOD],
    ["R2_ACCOUNT_ID", "r2-presign", undefined],
    ["R2_BUCKET", "r2-presign", undefined],
    ["R2_ACCESS_KEY_ID", "r2-presign", undefined],
    ["R2_SECRET_ACCESS_KEY", "r2-presign", undefined],
    ["R2_PUBLIC_URL", "r2-presign", undefined],
  ] as const)(
    "%s is named in the log of the first %s that needs it, and not to the user",
    async (name, route, body) => {
      for (const value of [undefined, ""]) {
        const others = name === "KIE_API_KEY" ? { FAL_KEY: undefined } : {};
        const { ask, hosts, log } = await setUp({ ...others, [name]: value });
        const answer = await ask(route, await signedIn(), body);
        expect(answer).toMatchObject({
          status: 500,
          body: { error: { code: "not-configured", message: "The server is missing a setting." } },
        });
        expect(JSON.stringify(answer.body)).not.toContain(name);
        expect(log()).toContain(name);
        expect(hosts()).toEqual([]);
      }
    },
  );

  test("does not stop what can do without it", async () => {
    const { ask, kie, fal } = await setUp({ FAL_KEY: undefined, R2_BUCKET: undefined });
    expect((await ask("generate-video", await signedIn(), KLING)).status).toBe(200);
    expect([kie.tasks.length, fal.jobs.length]).toEqual([1, 0]);
  });

  test("FAL_KEY may be called FAL_API_KEY", async () => {
    const { ask, fal } = await setUp({ FAL_KEY: undefined, FAL_API_KEY: "fal:secret" });
    expect((await ask("generate-video", await signedIn())).status).toBe(200);
    expect(fal.jobs).toHaveLength(1);
  });
});

test("a job goes through all routes, and nothing that has to stay secret is logged", async () => {
  const { ask, fal, log } = await setUp();
  const headers = await signedIn();
  const job = { requestId: (await ask("generate-video", headers)).body.requestId };
  fal.playNext("content-policy-violation");
  const rejected = { requestId: (await ask("generate-video", headers)).body.requestId };
  expect((await ask("video-status", headers, job)).body).toMatchObject({ queued: true });
  expect((await ask("cancel-video", headers, job)).body).toEqual({ canceled: "removed" });
  vi.setSystemTime(Date.now() + 30_000);
  expect((await ask("video-status", headers, rejected)).body).toMatchObject({
    success: false,
    code: "content-rejected",
  });
  expect(log()).toContain("job-failed");
  for (const secret of ["secret", headers["authorization"], GOOD.prompt]) expect(log()).not.toContain(secret);
});

test("an attachment goes to the user's own folder of the bucket", async () => {
  const { ask, hosts } = await setUp();
  const { body } = await ask("r2-presign", await signedIn());
  expect(body.key).toMatch(/^u\/[\w-]+\/[\w-]+\.png$/);
  expect(body.publicUrl).toBe(`https://cdn.app.example/${body.key}`);
  const { origin, pathname, searchParams } = new URL(body.uploadUrl);
  expect(origin + pathname).toBe(`https://account.r2.cloudflarestorage.com/bucket/${body.key}`);
  expect(searchParams.get("X-Amz-SignedHeaders")).toBe("content-length;content-type;host");
  expect(body.uploadUrl).not.toContain("r2:secret");
  expect(hosts()).toEqual([]);
});

test("a finished video is copied into the bucket, or left where it is without one", async () => {
  for (const [R2_BUCKET, expected, hosts] of [
    [
      "bucket",
      /^https:\/\/cdn\.app\.example\/v\/[\w-]+\/\w+\.mp4$/,
      ["queue.fal.run", "v3.fal.media", "account.r2.cloudflarestorage.com"],
    ],
    [undefined, /^https:\/\/v3\.fal\.media\//, ["queue.fal.run"]],
  ] as const) {
    const app = await setUp({ R2_BUCKET });
    const headers = await signedIn();
    const job = { requestId: (await app.ask("generate-video", headers)).body.requestId };
    vi.setSystemTime(Date.now() + 30_000);
    expect((await app.ask("video-status", headers, job)).body.videos).toEqual([
      { url: expect.stringMatching(expected) },
    ]);
    expect(app.hosts()).toEqual(hosts);
    expect(app.files.stored).toEqual(R2_BUCKET === undefined ? [] : ["the video"]);
  }
});

test("a released app is told what became of each model and what it costs", async () => {
  const { ask } = await setUp();
  const { status, body } = await ask("models", await signedIn());
  expect(status).toBe(200);
  expect(body.models["vid-seedance-lite"].lifecycle).toMatchObject({
    stage: "retired",
    replacement: "vid-seedance-pro-fast",
  });
  expect(body.prices).toBeDefined();
});

describe("webhooks", () => {
  test("are asked for at the URL of the settings, and not without one", async () => {
    for (const VIDEO_WEBHOOK_URL of ["https://app.example/api/mobile/webhook", undefined]) {
      const { ask, fal } = await setUp({ VIDEO_WEBHOOK_URL });
      await ask("generate-video", await signedIn());
      const [call = ""] = fal.calls;
      const asked = new URL(call.replace("POST ", "")).searchParams.get("fal_webhook");
      expect(asked?.replace(/\?.*/, "")).toBe(VIDEO_WEBHOOK_URL);
    }
  });

  test("that are not signed are refused, those of a signed-in user too", async () => {
    const { handlers, hosts } = await setUp();
    const url = `https://app.example/api/mobile/webhook?provider=fal&modelId=${GOOD.model}`;
    const request = new Request(url, { method: "POST", headers: await signedIn(), body: '{"request_id":"12345678"}' });
    expect((await handlers.webhook(request)).status).toBe(401);
    expect(hosts()).toEqual([]);
  });
});

test.each([
  ["generate-video", "GET", "POST"],
  ["video-status", "POST", "GET"],
  ["video-status", "HEAD", "GET"],
  ["cancel-video", "DELETE", "POST"],
  ["r2-presign", "PUT", "POST"],
  ["models", "POST", "GET"],
  ["webhook", "GET", "POST"],
] as const)("%s does not take %s", async (route, method, allowed) => {
  const { handlers } = await setUp();
  const request = new Request(`https://app.example/api/mobile/${route}`, { method, headers: await signedIn() });
  const response = await handlers[route](request);
  expect([response.status, response.headers.get("allow")]).toEqual([405, allowed]);
  expect(await response.json()).toMatchObject({ error: { code: "method-not-allowed" } });
});

test("every setting that is read is explained in .env.example", () => {
  const folder = new URL("../lib/", import.meta.url);
  const code = readdirSync(folder).map((name) => readFileSync(new URL(name, folder), "utf8"));
  const read = [...code.join("\n").matchAll(/Setting\("(\w+)"\)/g)].map(([, name]) => name);
  const explained = [...readFileSync(new URL("../.env.example", import.meta.url), "utf8").matchAll(/^(\w+)=/gm)];
  expect(new Set(explained.map(([, name]) => name))).toEqual(new Set([...read, "CONVEX_URL"]));
});
