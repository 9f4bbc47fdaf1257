// What the doctor makes of each thing that can come back from a provider: only the provider's own words are a verdict.
import { createServer } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { startSandbox } from "@video-engine/example-sandbox";
import { sandboxFetch } from "@video-engine/example-sandbox/sandbox-fetch";
import {
  createFakeFal,
  createFakeKie,
  createFakeWavespeed,
  createProviderFetch,
} from "@video-engine/video-sdk/testing";
import { describe, expect, onTestFinished, test } from "vitest";
import { checkFal } from "../../src/doctor/check-fal.ts";
import { checkKie } from "../../src/doctor/check-kie.ts";
import { checkRoutes } from "../../src/doctor/check-routes.ts";
import { checkWavespeed } from "../../src/doctor/check-wavespeed.ts";
import type { Finding } from "../../src/doctor/finding.ts";

type Check = (key: string | undefined, send: typeof fetch) => Promise<readonly Finding[]>;
const CHECKS: readonly (readonly [string, Check])[] = [
  ["fal", checkFal],
  ["kie.ai", checkKie],
  ["WaveSpeedAI", checkWavespeed],
];
const PAGE = "<!doctype html><title>Sign in to the network</title>";

const answering = (status: number, body: string, headers: Record<string, string> = {}) => {
  return (): Promise<Response> => Promise.resolve(new Response(body, { status, headers }));
};
const silent = (): Promise<Response> => Promise.reject(new DOMException("It took too long.", "TimeoutError"));
const cut = (): Promise<Response> =>
  Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ECONNRESET" }) }));
const falling = (): Promise<Response> => {
  const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError("terminated")) });
  return Promise.resolve(new Response(body));
};

describe.each(CHECKS)("%s", (_, check) => {
  test.each<[string, typeof fetch, string]>([
    ["no answer in time", silent, "no answer"],
    ["a cut connection", cut, "ECONNRESET"],
    ["half an answer", falling, "no connection"],
    ["an outage", answering(503, '{"message":"later"}'), "status 503"],
    ["an outage's page", answering(502, PAGE), "status 502 with something that is not theirs"],
    ["a page in the place of an answer", answering(200, PAGE), "status 200 with something that is not theirs"],
    ["a page that is not there", answering(404, PAGE), "status 404 with something that is not theirs"],
    ["a page that asks for a password", answering(401, PAGE), "status 401 with something that is not theirs"],
    ["an empty answer", answering(200, ""), "status 200 with something that is not theirs"],
    ["a redirect", answering(302, "", { location: "https://elsewhere.example/" }), "status 302, which leads elsewhere"],
  ])("%s is no verdict, on the key or an endpoint", async (_name, send, reason) => {
    const findings = await check("id:secret", send);
    expect(findings.filter(({ level }) => level === "failed" || level === "ok")).toEqual([]);
    expect(findings[0]).toMatchObject({ level: "unknown", text: `the key could not be checked: ${reason}` });
    expect(JSON.stringify(findings)).not.toContain("secret");
  });
});

test("the key goes to the provider alone, wherever that leads", async () => {
  const seen: string[] = [];
  const elsewhere = createServer((request, response) => {
    seen.push(String(request.headers.authorization));
    response.end("{}");
  }).listen(0, "127.0.0.1");
  const leading = createServer((_, response) => {
    const { port } = elsewhere.address() as AddressInfo;
    response.writeHead(307, { location: `http://127.0.0.1:${port}/` }).end();
  }).listen(0, "127.0.0.1");
  onTestFinished(() => {
    elsewhere.close();
    leading.close();
  });
  await Promise.all(
    [once(elsewhere, "listening"), once(leading, "listening")].map((ready) => ready.catch(() => undefined)),
  );
  const send = sandboxFetch(`http://127.0.0.1:${(leading.address() as AddressInfo).port}`);
  for (const [, check] of CHECKS) await check("id:secret", send);
  expect(seen).toEqual([]);
});

describe("over HTTP, the sandbox", () => {
  test.each([
    ["fal", checkFal, "the key is taken"],
    ["kie.ai", checkKie, /^the key is taken; \d+ credits are left at kie.ai$/],
    ["WaveSpeedAI", checkWavespeed, "the key is taken"],
  ] as const)("lets the doctor in at %s, makes no job, and is not asked without a key", async (_, check, text) => {
    const sandbox = await startSandbox({ jobMs: 1 });
    onTestFinished(sandbox.close);
    expect((await check("id:secret", sandbox.fetch))[0]).toMatchObject({
      level: "ok",
      text: expect.stringMatching(text),
    });
    expect((await check("", sandbox.fetch)).filter(({ text: said }) => said.includes("key"))).toEqual([]);
    expect([sandbox.fal.jobs, sandbox.kie.tasks, sandbox.wavespeed.tasks]).toEqual([[], [], []]);
  });
});

describe("a key of somebody else", () => {
  test.each([
    [checkFal, createFakeFal({ now: () => 0, key: "theirs" }), "the key is refused (401): FAL_KEY is id:secret"],
    [checkKie, createFakeKie({ now: () => 0, key: "theirs" }), "the key is refused: see KIE_API_KEY"],
    [
      checkWavespeed,
      createFakeWavespeed({ now: () => 0, key: "theirs" }),
      "the key is refused (401): see WAVESPEED_API_KEY",
    ],
  ] as const)("is refused by %o", async (check, provider, text) => {
    expect((await check("mine", createProviderFetch([provider])))[0]).toMatchObject({ level: "failed", text });
  });
});

describe("fal's clock", () => {
  const fal = createFakeFal({ now: () => 0 });
  const at = Date.parse("2026-11-30T12:00:00Z");
  const dated: typeof fetch = async (input, init) => {
    const answer = await createProviderFetch([fal])(input, init);
    return new Response(await answer.text(), { status: answer.status, headers: { date: new Date(at).toUTCString() } });
  };

  test.each([
    [0, false],
    [299_000, false],
    [-299_000, false],
    [302_000, true],
    [-302_000, true],
  ])("%d ms from this machine's", async (skewMs, isTold) => {
    const findings = await checkFal("key", dated, () => at + skewMs);
    expect(findings.some(({ level, text }) => level === "failed" && /clock is \d+ s from fal's/.test(text))).toBe(
      isTold,
    );
  });
});

test("a password before the whole deployment is not taken for the routes' refusal", async () => {
  const findings = await checkRoutes("https://app.example", answering(401, PAGE), Date.now);
  expect(findings.filter(({ level }) => level === "ok")).toEqual([]);
  expect(findings.at(-1)).toMatchObject({
    level: "unknown",
    text: "api/mobile/cancel-video answers 401 with something that is not JSON: is there a password before the deployment?",
  });
});
