// The doctor over the sandbox, the demo's backend and routes: what is well is said to be, and each thing that is not is found.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { spawnEmbeddedBackend } from "@video-engine/example-convex";
import { serveHttp, startSandbox, type WebHandler } from "@video-engine/example-sandbox";
import { createFakeFal, createFakeKie, createProviderFetch } from "@video-engine/video-sdk/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkConvex } from "../../src/doctor/check-convex.ts";
import { checkFal } from "../../src/doctor/check-fal.ts";
import { checkKie } from "../../src/doctor/check-kie.ts";
import { checkRoutes } from "../../src/doctor/check-routes.ts";
import { checkSettings } from "../../src/doctor/check-settings.ts";
import type { Finding } from "../../src/doctor/finding.ts";
import { registryJobs } from "../../src/doctor/registry-jobs.ts";
import { startServices } from "../../src/services.ts";

const failed = (findings: readonly Finding[]): readonly string[] =>
  findings.filter(({ level }) => level === "failed").map(({ text }) => text);
const texts = (findings: readonly Finding[]): readonly string[] =>
  findings.map(({ level, text }) => `${level}: ${text}`);

describe("settings", () => {
  test("are named, never shown", () => {
    const findings = checkSettings({ FAL_KEY: "id:secret", VIDEO_SIGNING_SECRET: "short", KIE_API_KEY: '"quoted"' });
    expect(JSON.stringify(findings)).not.toMatch(/id:secret|short|"quoted/);
    expect(failed(findings)).toEqual([
      "KIE_API_KEY has spaces or quotes around it: they are part of the value",
      "VIDEO_SIGNING_SECRET has 5 characters: at least 32 are needed",
    ]);
    expect(texts(findings)).toContain("ok: FAL_KEY is set");
  });
});

describe("fal", () => {
  const jobs = [...registryJobs("fal")];
  const [endpoint = "", { input } = { input: {} }] = jobs[0] ?? [];
  /** What is published of every endpoint: exactly what the registry sends. */
  const inputs = Object.fromEntries(jobs.map(([name, job]) => [name, { fields: Object.keys(job.input) }]));
  const falWith = (options: Partial<Parameters<typeof createFakeFal>[0]>) => {
    const fal = createFakeFal({ now: () => 0, inputs, ...options });
    return { fal, send: createProviderFetch([fal]) };
  };

  test("is asked about every endpoint of the registry, and makes no job", async () => {
    const { fal, send } = falWith({});
    expect(jobs.length).toBeGreaterThan(40);
    expect(texts(await checkFal("key", send))).toEqual([
      "ok: the key is taken",
      `ok: ${jobs.length} of ${jobs.length} endpoints take what the registry sends`,
    ]);
    expect(fal.jobs).toEqual([]);
    expect(fal.calls.filter((call) => !call.startsWith("GET "))).toEqual([]);
  });

  test("an endpoint that has gone, and fields that have changed, are named", async () => {
    const [first = "", ...others] = Object.keys(input);
    const changed = { ...inputs, [endpoint]: { fields: [...others, "camera"], required: ["camera"] } };
    const [gone = ""] = jobs.at(-1) ?? [];
    const { send } = falWith({ inputs: changed, retired: { [gone]: 404 } });
    expect(failed(await checkFal(undefined, send))).toEqual([
      `${endpoint} does not take ${first}, needs camera`,
      `${gone} is not there any more`,
    ]);
  });

  test("a key that is refused, and a fal that does not answer", async () => {
    expect(failed(await checkFal("mine", falWith({ key: "theirs" }).send))).toEqual([
      "the key is refused (401): FAL_KEY is id:secret",
    ]);
    const cut = (): Promise<Response> => Promise.reject(new TypeError("fetch failed"));
    const findings = await checkFal("key", cut);
    expect(findings[0]).toMatchObject({ level: "unknown", text: "the key could not be checked: no connection" });
    expect(failed(findings)).toEqual([]);
  });

  test("the running sandbox answers for its endpoints", async () => {
    const sandbox = await startSandbox({ jobMs: 1 });
    onTestFinished(sandbox.close);
    const findings = await checkFal("key", sandbox.fetch);
    expect(findings[0]).toMatchObject({ level: "ok" });
    expect(failed(findings)).toEqual([]);
  });
});

describe("kie.ai", () => {
  const checkWith = async (options: { readonly key?: string; readonly credits?: number }) =>
    texts(await checkKie("key", createProviderFetch([createFakeKie({ now: () => 0, ...options })])));

  test.each([
    [{ credits: 7 }, "ok: the key is taken; 7 credits are left at kie.ai"],
    [{ credits: 0 }, "failed: the key is taken; 0 credits are left at kie.ai"],
    [{ key: "other" }, "failed: the key is refused: see KIE_API_KEY"],
  ])("with %j", async (options, text) => {
    expect(await checkWith(options)).toContain(text);
  });

  test("is not asked without a key", async () => {
    expect(await checkKie(undefined, () => Promise.reject(new Error("asked")))).toEqual([]);
  });
});

describe("routes", () => {
  const serve = async (handler: WebHandler): Promise<string> => {
    const server = await serveHttp(handler, { port: 0, host: "127.0.0.1" });
    onTestFinished(server.close);
    return server.url;
  };

  test("those of the SDK are as they should be", async () => {
    const services = await startServices({ credits: 10, jobMs: 10 });
    onTestFinished(services.close);
    const findings = await checkRoutes(services.routesUrl, fetch, Date.now);
    expect(findings.filter(({ level }) => level === "ok").map(({ text }) => text)).toEqual([
      "the clocks of this machine and of the server agree",
      "api/mobile/generate-video refuses a caller who is not signed in",
      "api/mobile/video-status refuses a caller who is not signed in",
      "api/mobile/cancel-video refuses a caller who is not signed in",
    ]);
    expect(failed(findings)).toEqual([]);
  });

  test("a server that lets strangers in, lacks a route, is not set up, and has another time", async () => {
    const date = new Date(Date.now() - 90_000).toUTCString();
    const url = await serve((request) => {
      const { pathname } = new URL(request.url);
      const status = pathname.endsWith("health") ? 503 : pathname.endsWith("cancel-video") ? 404 : 200;
      return Promise.resolve(new Response("{}", { status, headers: { date } }));
    });
    expect(failed(await checkRoutes(url, fetch, Date.now))).toEqual([
      "the routes say that a setting cannot be used: see the server's log",
      expect.stringMatching(/^the clocks of this machine and of the server are \d+ s apart/),
      "api/mobile/generate-video answers 200 to a caller who is not signed in, in place of 401",
      "api/mobile/video-status answers 200 to a caller who is not signed in, in place of 401",
      "api/mobile/cancel-video is not there. `npx @video-engine/cli init` writes it",
    ]);
  });

  test("an address that is none", async () => {
    expect(failed(await checkRoutes("app.example", fetch, Date.now))).toEqual([
      "ROUTES_URL is no address, such as https://app.example",
    ]);
  });
});

describe("convex", () => {
  test("finds the functions of a user, and says what a stranger is told", async () => {
    const services = await startServices({ credits: 10, jobMs: 10 });
    onTestFinished(services.close);
    const url = services.convexUrl;
    expect(texts(await checkConvex({ url, token: services.getToken() }))).toEqual([
      "ok: users:getUserCreditsBreakdown answers",
      "ok: sessions:getUserSessions answers",
    ]);
    expect((await checkConvex({ url, token: undefined })).map(({ level }) => level)).toEqual(["unknown", "unknown"]);
  });

  test("says what writes functions that are not there", async () => {
    const server = await serveHttp(
      () =>
        Promise.resolve(
          Response.json({ status: "error", errorMessage: "Could not find public function for 'x'." }, { status: 560 }),
        ),
      { port: 0, host: "127.0.0.1" },
    );
    onTestFinished(server.close);
    expect(failed(await checkConvex({ url: server.url, token: "t" }))[0]).toContain("@video-engine/cli init");
  });

  test("a user without a row is told of", async () => {
    const backend = await spawnEmbeddedBackend();
    onTestFinished(backend.stop);
    const findings = await checkConvex({ url: backend.url, token: backend.tokenFor({ subject: "nobody-yet" }) });
    expect(failed(findings)[0]).toMatch(/users:getUserCreditsBreakdown: .*No user row/s);
  });
});

describe("the command", () => {
  const MAIN = fileURLToPath(new URL("../../src/main.ts", import.meta.url));

  async function doctor(flags: readonly string[], env: NodeJS.ProcessEnv) {
    const names = ["FAL_KEY", "KIE_API_KEY", "CONVEX_URL", "CONVEX_TOKEN", "ROUTES_URL", "VIDEO_SIGNING_SECRET"];
    const none = Object.fromEntries(names.map((name) => [name, ""]));
    const child = spawn(process.execPath, ["--conditions=@video-engine/source", MAIN, "doctor", ...flags], {
      env: { ...process.env, ...none, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    const [code] = (await once(child, "close")) as [number | null];
    return { code, stdout, stderr };
  }

  test("pays for one video of each provider whose key is set, on a backend of its own", async () => {
    const sandbox = await startSandbox({ jobMs: 10 });
    onTestFinished(sandbox.close);
    const keys = {
      ...{ PROVIDERS_URL: sandbox.url, SANDBOX_JOB_MS: "10" },
      ...{ FAL_KEY: "id:secret", KIE_API_KEY: "secret" },
    };
    const { code, stdout } = await doctor(["--smoke", "--yes"], keys);
    expect(code).toBe(0);
    expect(stdout).toMatch(/ok {6} {2}fal .* made a video in \d+ s: http/);
    expect(stdout).toMatch(/ok {6} {2}kie .* made a video in \d+ s: http/);
    expect([sandbox.fal.jobs.length, sandbox.kie.tasks.length]).toEqual([1, 1]);
    expect(stdout).not.toContain("id:secret");
  });

  test("a key beside an empty one is paid with, and not the demo's", async () => {
    const sandbox = await startSandbox({ jobMs: 10 });
    onTestFinished(sandbox.close);
    const key = { PROVIDERS_URL: sandbox.url, SANDBOX_JOB_MS: "10", FAL_KEY: "", KIE_API_KEY: "secret" };
    expect((await doctor(["--smoke", "--yes"], key)).code).toBe(0);
    expect([sandbox.fal.jobs.length, sandbox.kie.tasks.length]).toEqual([0, 1]);
  });

  test("pays for nothing unasked", async () => {
    const sandbox = await startSandbox({ jobMs: 10 });
    onTestFinished(sandbox.close);
    const keys = { PROVIDERS_URL: sandbox.url, FAL_KEY: "id:secret" };
    expect(await doctor(["--smoke"], keys)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--yes") as unknown,
    });
    expect((await doctor([], keys)).code).toBe(0);
    expect(sandbox.fal.jobs).toEqual([]);
  });

  test("a smoke run without a key is refused, and a finding that failed is the exit code", async () => {
    expect(await doctor(["--smoke", "--yes"], { PROVIDERS_URL: "http://127.0.0.1:9" })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("--smoke needs a provider's key") as unknown,
    });
    const bad = await doctor(["--json"], { PROVIDERS_URL: "http://127.0.0.1:9", VIDEO_SIGNING_SECRET: "short" });
    expect(bad.code).toBe(1);
    expect(JSON.parse(bad.stdout)).toMatchObject({ ok: false });
  });
});
